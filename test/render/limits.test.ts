import { describe, expect, it } from 'vitest'
import { GitOpsError } from '../../src/errors.ts'
import type { JsonObject } from '../../src/json.ts'
import { checkMetadata } from '../../src/render/limits.ts'
import type { KubernetesObject } from '../../src/render/manifest.ts'

function problem(metadata: JsonObject, apiVersion = 'v1', kind = 'ConfigMap'): string | undefined {
  try {
    checkMetadata({ apiVersion, kind, metadata: { name: 'a', ...metadata } } as KubernetesObject, {
      file: 'f.yaml',
      line: 3
    })
    return undefined
  } catch (error) {
    return error instanceof GitOpsError ? error.message : String(error)
  }
}

describe('metadata that no cluster takes', () => {
  it.each<[string, JsonObject, RegExp]>([
    ['a name that is too long', { name: 'a'.repeat(254) }, /f\.yaml:3: the name of ConfigMap "a+…" has 254 characters/],
    ['a name that is a path', { name: 'a/b' }, /"a\/b" cannot be part of a URL/],
    ['a namespace in capitals', { namespace: 'Shop' }, /the namespace "Shop" of ConfigMap a/],
    ['a namespace that is too long', { namespace: 'a'.repeat(64) }, /is no name of a namespace/],
    ['a label that is too long', { labels: { x: 'v'.repeat(64) } }, /the label x of ConfigMap a is "v+"/],
    ['a label with a space', { labels: { x: 'a b' } }, /the label x/],
    [
      'a key of a label with two slashes',
      { labels: { 'a/b/c': 'x' } },
      /"a\/b\/c" of ConfigMap a is no key of a label/
    ],
    ['a key of a label without a name', { labels: { 'example.com/': 'x' } }, /no key of a label/],
    ['a key of an annotation that is too long', { annotations: { ['k'.repeat(64)]: '' } }, /no key of an? annotation/],
    ['annotations that are too large', { annotations: { a: 'x'.repeat(256 * 1024) } }, /have 257 KiB; 256 KiB/]
  ])('is refused with its place: %s', (_what, metadata, message) => {
    expect(problem(metadata)).toMatch(message)
  })

  it.each<[string, JsonObject, string?, string?]>([
    ['the longest name', { name: 'a'.repeat(253) }],
    ['a long name of a role', { name: 'a'.repeat(300) }, 'rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['a name with colons', { name: 'system:aggregate' }, 'rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['empty labels', { labels: { x: '', y: null } }],
    ['a domain in capitals before an annotation', { annotations: { 'Example.COM/x': 'y' } }],
    ['the largest annotations', { annotations: { a: 'x'.repeat(256 * 1024 - 1) } }]
  ])('is not %s', (_what, metadata, apiVersion, kind) => {
    expect(problem(metadata, apiVersion, kind)).toBeUndefined()
  })
})
