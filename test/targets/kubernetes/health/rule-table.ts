import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/json.ts'
import type { KubernetesObject } from '../../../../src/render/manifest.ts'
import { type AssessOptions, assessHealth } from '../../../../src/targets/kubernetes/health/index.ts'

export const NOW = new Date('2026-01-01T12:00:00Z')

/** An object of generation 2; all other fields as given. */
export function object(apiVersion: string, kind: string, fields: JsonObject = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'web', namespace: 'shop', generation: 2 }, ...fields }
}

export const assess = (one: KubernetesObject, options: AssessOptions = {}) =>
  assessHealth(one, { now: NOW, ...options })

export type Case = readonly [status: string, message: RegExp, fields: JsonObject]

/** One test per case: what the object shows, and what our rules say of it. */
export function table(title: string, apiVersion: string, kind: string, cases: Readonly<Record<string, Case>>) {
  describe(title, () => {
    it.each(Object.entries(cases))('%s', (_what, [status, message, fields]) => {
      const health = assess(object(apiVersion, kind, fields))
      expect(health?.message).toMatch(message)
      expect(health?.status).toBe(status)
    })
  })
}

export const conditions = (...list: JsonObject[]): JsonObject => ({ status: { conditions: list } })
