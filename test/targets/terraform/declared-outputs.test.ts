import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { declaredOutputs } from '../../../src/targets/terraform/declared-outputs.ts'

function directory(files: Readonly<Record<string, string>>): string {
  const made = mkdtempSync(path.join(tmpdir(), 'declared-outputs-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(made, name), text)
  return made
}

test('finds outputs in every spelling and in every kind of file', async () => {
  const files = {
    'main.tf': 'output "a" {\n  value = 1\n}\noutput b{\n value = 2 }\nresource "x" "output" {}\n',
    'more.tofu': '  output   "c-1"   {\n value = 1 }',
    'json.tf.json': '{"output": {"d": {"value": 1}}}',
    'list.tf.json': '{"output": [{"e": {"value": 1}}, {"f": {"value": 2}}]}',
    'README.md': 'output "no" {'
  }
  expect((await declaredOutputs(directory(files)))?.toSorted()).toEqual(['a', 'b', 'c-1', 'd', 'e', 'f'])
})

test('knows nothing where a file cannot be understood, and none where there is none', async () => {
  expect(await declaredOutputs(directory({ 'main.tf.json': '{' }))).toBeUndefined()
  expect(await declaredOutputs(directory({ 'main.tf': 'locals {}' }))).toEqual([])
})
