import { describe, expect, test } from 'vitest'
import { type RenderOptions, render } from '../../src/render/index.ts'
import { exec } from '../../src/toolchain/exec.ts'
import { DIGEST, errorOf, folder, keepLog } from './support.ts'

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: "1"\n'
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: ghcr.io/acme/web:1
        envFrom:
        - configMapRef: {name: settings}
`

function rendered(workspace: string, paths: string[], options: Partial<RenderOptions> = {}) {
  return render(
    { type: 'manifests', paths },
    { workspace, images: [], configChecksums: true, log: keepLog(), exec, ...options }
  )
}

describe('reads manifests', () => {
  test('with the place of each object', async () => {
    const workspace = folder({
      'k8s/a.yaml': `${CONFIG}---\n# the web\n${DEPLOYMENT}`,
      'k8s/b.json': '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}'
    })
    const { manifests } = await rendered(workspace, ['k8s'])
    expect(manifests.map(({ object, source }) => `${object.kind} ${source.file}:${source.line}`)).toEqual([
      'ConfigMap k8s/a.yaml:1',
      'Deployment k8s/a.yaml:9',
      'Secret k8s/b.json:1'
    ])
  })

  test('pins images before it says which there are', async () => {
    const workspace = folder({ 'a.yaml': DEPLOYMENT })
    const reference = `ghcr.io/acme/web@${DIGEST}`
    const { images } = await rendered(workspace, ['a.yaml'], { images: [{ name: 'ghcr.io/acme/web', reference }] })
    expect(images).toEqual([reference])
  })

  test('adds checksums only when asked to', async () => {
    const workspace = folder({ 'a.yaml': `${CONFIG}---\n${DEPLOYMENT}` })
    const text = async (configChecksums: boolean) =>
      JSON.stringify((await rendered(workspace, ['.'], { configChecksums })).manifests)
    expect(await text(true)).toContain('gitops-actions.dev/config-checksum')
    expect(await text(false)).not.toContain('gitops-actions.dev/config-checksum')
  })
})

describe('the digest', () => {
  test('does not depend on files, their order, the order of keys, or how YAML is written', async () => {
    const one = folder({ 'k8s/all.yaml': `${DEPLOYMENT}---\n${CONFIG}` })
    const two = folder({
      'x/z.yaml': CONFIG.replace('"1"', "'1'"),
      'a.json':
        '{"spec":{"template":{"spec":{"containers":[{"envFrom":[{"configMapRef":{"name":"settings"}}],"image":"ghcr.io/acme/web:1","name":"web"}]}}},"kind":"Deployment","metadata":{"name":"web"},"apiVersion":"apps/v1"}'
    })
    expect((await rendered(two, ['x', 'a.json'])).digest).toBe((await rendered(one, ['k8s'])).digest)
    expect((await rendered(two, ['a.json', 'x'])).digest).toBe((await rendered(one, ['k8s'])).digest)
  })

  test('changes with any value', async () => {
    const digests = await Promise.all(
      [CONFIG, CONFIG.replace('"1"', '"2"'), CONFIG.replace('  a:', '  b:'), `${CONFIG}---\n${DEPLOYMENT}`].map(
        async (text) => (await rendered(folder({ 'a.yaml': text }), ['.'])).digest
      )
    )
    expect(new Set(digests).size).toBe(4)
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  test('keeps integers apart that a double would not', async () => {
    const large = (number: string) => `apiVersion: x.io/v1\nkind: A\nmetadata: {name: a}\nspec: {id: ${number}}\n`
    const digests = await Promise.all(
      ['9007199254740992', '9007199254740993'].map(
        async (number) => (await rendered(folder({ 'a.yaml': large(number) }), ['.'])).digest
      )
    )
    expect(digests[0]).not.toBe(digests[1])
  })
})

describe('refuses, naming the file', () => {
  test.each([
    [
      { 'values.yaml': 'replicaCount: 2\nimage: x\n' },
      'k8s/values.yaml:1: this is no object of Kubernetes',
      /values file of Helm/,
      /Move the file/
    ],
    [
      { 'web.yaml': 'apiVersion: v1\nkind: {{ .Values.kind }}\n' },
      'k8s/web.yaml:2:8:',
      undefined,
      /This looks like a template/
    ],
    [{ 'a.yaml': 'a: [\n' }, 'k8s/a.yaml:2:1: did not find expected node content', undefined, undefined],
    [
      { 'a.yaml': '# nothing\n', 'b.yaml': '---\n' },
      'There are no objects in k8s/a.yaml, k8s/b.yaml.',
      undefined,
      /comments alone/
    ],
    [
      { 'a.yaml': CONFIG, 'b.yaml': `# again\n${CONFIG}` },
      'ConfigMap settings is declared twice: k8s/a.yaml:1 and k8s/b.yaml:2.',
      undefined,
      /Keep one/
    ],
    [
      { 'a.yaml': `${CONFIG}  a: "2"\n` },
      'k8s/a.yaml:7:3: duplicate key "a" (the first one is, line 6).',
      undefined,
      undefined
    ],
    [
      {
        'kustomization.txt.yaml':
          'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: x}\n'
      },
      'k8s/kustomization.txt.yaml:1: this is a kustomization',
      undefined,
      /kustomization\.yaml/
    ]
  ])('%j', async (files, message, more, hint) => {
    const workspace = folder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`k8s/${name}`, text])))
    const error = await errorOf(() => rendered(workspace, ['k8s']))
    expect(error.message).toContain(message)
    if (more) expect(error.message).toMatch(more)
    if (hint) expect(error.hint).toMatch(hint)
  })

  test('files that are no text', async () => {
    const workspace = folder({ 'a.yaml': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0x00, 0xff]) })
    const error = await errorOf(() => rendered(workspace, ['a.yaml']))
    expect(error.message).toBe('a.yaml: the file is not valid UTF-8.')
    expect(error.hint).toBe('It is no text at all: keep it out of the manifests.')
  })
})

describe('names and images in which something was to be filled in', () => {
  const pod = (image: string, name = 'web') =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: "${name}"}\nspec: {containers: [{name: main, image: "${image}"}]}\n`

  test.each([
    [pod('{{ .Values.image }}'), 'the image of container "main" of Pod web is "{{ .Values.image }}"', /chart/],
    [pod('ghcr.io/acme/web:$(TAG)'), 'nothing was filled in for $(TAG).', /kustomization/],
    [pod('ghcr.io/acme/web:$' + '{TAG}'), 'nothing was filled in for $' + '{TAG}.', /envsubst/],
    [pod('web', '{{ .Release.Name }}-web'), 'the metadata.name of Pod {{ .Release.Name }}-web', /chart/]
  ])('are refused: %j', async (text, message, hint) => {
    const error = await errorOf(() => rendered(folder({ 'a.yaml': text }), ['a.yaml']))
    expect(error.message).toMatch(/^a\.yaml:1: /)
    expect(error.message).toContain(message)
    expect(error.hint).toMatch(hint)
  })

  test('are taken where they are meant', async () => {
    const rule = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: a}
spec: {groups: [{name: a, rules: [{alert: A, expr: up, annotations: {summary: "{{ $labels.instance }}"}}]}]}
`
    const task = `apiVersion: tekton.dev/v1
kind: Task
metadata: {name: b}
spec: {template: {spec: {containers: [{name: a, image: "$(params.image)"}]}}}
`
    const env = pod('web').replace('image: "web"', 'image: web, args: ["$(PORT)"]')
    const set = await rendered(folder({ 'a.yaml': `${rule}---\n${task}---\n${env}` }), ['a.yaml'])
    expect(set.manifests).toHaveLength(3)
  })
})
