import { symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { usePlatform } from '../platform/use.ts'
import { type Given, helm, useHelm, workspace } from './helm-support.ts'
import { errorOf, folder } from './support.ts'

const platform = usePlatform()
const place = useHelm(platform)

describe('what is wrong with a chart is told by template and line first', () => {
  const withTemplate = (text: string, more: Readonly<Record<string, string>> = {}) =>
    folder({
      'c/Chart.yaml': 'apiVersion: v2\nname: other-name\nversion: 1.0.0\n',
      'c/templates/x.yaml': text,
      ...more
    })

  test.each([
    [
      'a: 1\nb: {{ .Values.x.y }}\n',
      'c/templates/x.yaml:2:14: nil pointer evaluating interface {}.y (at .Values.x.y)',
      /not set/
    ],
    ['a: {{ if }}\n', 'c/templates/x.yaml:1: missing value for if', undefined],
    ['a: {{ required "give x" .Values.x }}\n', 'c/templates/x.yaml:1:7: give x', undefined],
    ['{{ fail "two\\nlines" }}\n', 'c/templates/x.yaml:1:4: two\nlines', undefined],
    ['a: {{ nosuchfunction 1 }}\n', 'c/templates/x.yaml:1: function "nosuchfunction" not defined', undefined],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nb: c: d\n',
      'c/templates/x.yaml: it renders text that is no YAML, on line 4 of what it renders: mapping values are not allowed in this context.',
      /helm template --debug c/
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: "1"\n  a: "2"\n',
      'c/templates/x.yaml (rendered):6:3: duplicate key "a"',
      undefined
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: 1\n',
      'c/templates/x.yaml (rendered):1: data["a"] of ConfigMap a is a number, and must be text.',
      undefined
    ],
    [
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n# next\napiVersion: v1\nkind: ConfigMap\n',
      'c/templates/x.yaml (rendered):2: ConfigMap has no metadata.name.',
      undefined
    ],
    ['{{ if .Values.on }}a: 1{{ end }}\n', 'c renders no objects with these values.', /switched off/]
  ])('%j', async (template, message, hint) => {
    const error = await errorOf(() => helm({ directory: withTemplate(template), chart: 'c' }))
    expect(error.message).toContain(message)
    expect(error.message).not.toContain(place.home)
    if (hint) expect(error.hint).toMatch(hint)
  })

  test('in a helper, the innermost place', async () => {
    const directory = withTemplate('a: {{ include "h" . }}\n', {
      'c/templates/_h.tpl': '{{ define "h" }}\n{{ .Values.x.y }}{{ end }}'
    })
    const error = await errorOf(() => helm({ directory, chart: 'c' }))
    expect(error.message).toContain('c/templates/_h.tpl:2:11: nil pointer')
    expect(error.details.join('\n')).toContain('x.yaml:1:6')
  })

  test('values that do not fit the schema, each', async () => {
    const error = await errorOf(() => helm({ set: [['replicas', 'many']] }))
    expect(error.message).toBe('The values do not fit the schema of charts/shop.')
    expect(error.details.join()).toContain("at '/replicas': got string, want integer")
  })

  test.each([
    [{ 'Chart.yaml': 'name: x' }, 'c/Chart.yaml says no version.'],
    [{ 'Chart.yaml': 'a: [' }, 'c/Chart.yaml:2:1: did not find expected node content.'],
    [{ 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\ntype: library\n' }, '"c" is a library chart'],
    [
      { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\nkubeVersion: ">=1.99"\n' },
      'chart requires kubeVersion: >=1.99'
    ],
    [{ 'readme.md': '' }, '"c" is no chart: it holds no Chart.yaml.']
  ])('%j', async (files, message) => {
    const directory = folder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`c/${name}`, text])))
    expect((await errorOf(() => helm({ directory, chart: 'c' }))).message).toContain(message)
  })

  test.each([
    [{ chart: 'charts/nowhere' }, 'Chart "charts/nowhere" does not exist in the workspace.'],
    [{ chart: 'bitnami/redis' }, 'Chart "bitnami/redis" does not exist in the workspace.'],
    [{ chart: '../shop' }, 'leaves the workspace'],
    [{ chart: 'charts/shop/values.yaml' }, 'is a file, and no packed chart (.tgz).'],
    [{ version: '1.4.0' }, 'A version (1.4.0) is given, but the chart "charts/shop" lies in the workspace.'],
    [{ release: 'Web_1' }, '"Web_1" cannot be the name of a release.'],
    [{ release: '--help' }, '"--help" cannot be the name of a release.'],
    [{ kubeVersion: 'abc' }, "invalid kube version 'abc'"]
  ] as [Given, string][])('%j', async (given, message) => {
    expect((await errorOf(() => helm(given))).message).toContain(message)
  })

  test('a link that leads out of the workspace', async () => {
    const outside = folder({ token: 'secret' })
    const directory = workspace()
    symlinkSync(path.join(outside, 'token'), path.join(directory, 'charts/shop/files/token'))
    expect((await errorOf(() => helm({ directory }))).message).toContain('leaves the workspace')
  })
})
