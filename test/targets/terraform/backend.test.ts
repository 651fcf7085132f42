import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { backendSetting } from '../../../src/targets/terraform/backend.ts'
import { failureOf } from '../../../src/targets/terraform/failure.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'backend-'))
afterAll(() => rmSync(directory, { recursive: true }))

const BLOCK = 'terraform {\n  backend "s3" {\n    key = "a"\n    bucket = "acme-states"\n  }\n}\n'
const OPEN = 'terraform {\n  backend "s3" {}\n}\nresource "aws_s3_bucket" "b" {\n  bucket = "other"\n}\n'

const found = (text: string, backendConfig: readonly string[] = []) => {
  writeFileSync(path.join(directory, 'main.tf'), text)
  return backendSetting({ directory, checkout: directory, backendConfig }, ['bucket'])
}

test('the bucket of the states, from where it is said', () => {
  expect(found(BLOCK)).toEqual({ value: 'acme-states', where: 'main.tf:4' })
  expect(found(BLOCK, ['key=b', 'bucket = mine'])).toEqual({ value: 'mine', where: 'backend-config' })
  writeFileSync(path.join(directory, 'states.tfbackend'), 'key = "a"\nbucket = "file"\n')
  expect(found(OPEN, ['states.tfbackend'])).toEqual({ value: 'file', where: 'states.tfbackend:2' })
  expect(found(OPEN)).toEqual({ where: 'main.tf:2' })
  expect(found('')).toBeUndefined()
})

test('is named when it does not exist', () => {
  writeFileSync(path.join(directory, 'main.tf'), BLOCK)
  const engine = { name: 'opentofu', title: 'OpenTofu' } as const
  const error = failureOf(
    { command: 'init', engine, directory, checkout: directory },
    [{ severity: 'error', summary: 'Failed to get existing workspaces: S3 bucket does not exist.', detail: '' }],
    ''
  )
  expect(error.hint).toMatch(/^It is "acme-states" \(main\.tf:4\)\. Is the name/)
})
