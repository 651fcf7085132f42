import { createHash } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { asString, at, parseJson } from '../../src/json.ts'
import { type HelmSource, type RenderOptions, render } from '../../src/render/index.ts'
import type { RenderedSet } from '../../src/render/manifest.ts'
import { type Exec, exec } from '../../src/toolchain/exec.ts'
import { usePlatform } from '../platform/use.ts'
import { DIGEST, errorOf, folder, keepLog } from './support.ts'

const platform = usePlatform()
const FIXTURES = path.join(import.meta.dirname, '../fixtures/render')
// Git would make its line ends those of the system.
const WINDOWS = '[main]\r\nkey = value\r\n\r\npath = C:\\temp\r\n'

let home: string

beforeEach(() => {
  home = folder()
  vi.stubEnv('PATH', platform.path)
  vi.stubEnv('HOME', home)
  vi.stubEnv('RUNNER_TEMP', home)
})

afterEach(() => vi.unstubAllEnvs())

function workspace(): string {
  const directory = folder()
  cpSync(FIXTURES, directory, { recursive: true })
  cpSync(path.join(directory, 'shop'), path.join(directory, 'charts/shop'), { recursive: true })
  const windows = folder({ 'files/windows.ini': WINDOWS })
  cpSync(windows, path.join(directory, 'charts/shop'), { recursive: true })
  return directory
}

type Given = Partial<HelmSource> & { directory?: string; options?: Partial<RenderOptions> }

function helm({ directory = workspace(), options = {}, ...source }: Given = {}): Promise<RenderedSet> {
  return render(
    { type: 'helm', chart: 'charts/shop', release: 'web', values: [], includeCrds: true, ...source },
    { workspace: directory, namespace: 'orders', images: [], configChecksums: false, log: keepLog(), exec, ...options }
  )
}

function object(set: RenderedSet, kind: string, name: string) {
  const found = set.manifests.find(({ object: one }) => one.kind === kind && one.metadata.name === name)
  if (!found) throw new Error(`no ${kind} ${name}`)
  return found.object
}

function data(set: RenderedSet, key: string): string {
  return asString(at(object(set, 'ConfigMap', 'web'), 'data', key)) ?? ''
}

describe('a chart', () => {
  test('gives all its objects, each with the template it comes from', async () => {
    const set = await helm()
    expect(
      set.manifests.map(({ object: one, source }) => `${one.kind} ${one.metadata.name} ${source.file}`).sort()
    ).toEqual([
      'ConfigMap web charts/shop/templates/configmap.yaml',
      'ConfigMap web-extra charts/shop/templates/configmap.yaml',
      'CustomResourceDefinition carts.shop.example charts/shop/crds/orders.yaml',
      'CustomResourceDefinition orders.shop.example charts/shop/crds/orders.yaml',
      'Deployment web charts/shop/templates/deployment.yaml',
      'Job migrate charts/shop/templates/hooks.yaml',
      'Service web-cache charts/shop/charts/cache/templates/service.yaml'
    ])
    expect(at(object(set, 'Job', 'migrate'), 'metadata', 'annotations', 'helm.sh/hook-weight')).toBe('-5')
    expect(at(object(set, 'Deployment', 'web'), 'metadata', 'labels')).toEqual({
      'app.kubernetes.io/name': 'shop',
      'app.kubernetes.io/instance': 'web'
    })
  })

  test('gives the same digest each time, from a directory and from a package', async () => {
    const directory = workspace()
    const first = await helm({ directory })
    expect((await helm({ directory })).digest).toBe(first.digest)
    await exec(
      platform.bin.helm,
      ['package', path.join(directory, 'charts/shop'), '-d', path.join(directory, 'packed')],
      { env: { HOME: home } }
    )
    const packed = await helm({ directory, chart: 'packed/shop-1.4.0.tgz' })
    expect(packed.digest).toBe(first.digest)
    expect(packed.manifests.map(({ source }) => source.file)).toContain(
      'packed/shop-1.4.0.tgz/templates/deployment.yaml'
    )
  })

  test('leaves out its CRDs when asked to', async () => {
    expect((await helm({ includeCrds: false })).manifests.map(({ object: one }) => one.kind)).not.toContain(
      'CustomResourceDefinition'
    )
  })

  test('sees the release and the cluster it is made for', async () => {
    const set = await helm({ kubeVersion: 'v1.31.4-eks-abc', apiVersions: ['apps/v1', 'monitoring.coreos.com/v1'] })
    expect(data(set, 'kubernetes')).toBe('v1.31.4-eks-abc')
    expect(data(set, 'monitoring')).toBe('true')
    expect(data(await helm(), 'monitoring')).toBe('false')
    expect(object(set, 'ConfigMap', 'web').metadata['namespace']).toBe('orders')
    expect(data(set, 'found')).toBe('{}')
  })

  test('gets its images pinned and its configuration hashed', async () => {
    const reference = `ghcr.io/acme/shop@${DIGEST}`
    const set = await helm({ options: { images: [{ name: 'ghcr.io/acme/shop', reference }], configChecksums: true } })
    expect(set.images).toEqual([reference])
    expect(
      at(
        object(set, 'Deployment', 'web'),
        'spec',
        'template',
        'metadata',
        'annotations',
        'gitops-actions.dev/config-checksum'
      )
    ).toMatch(/^[0-9a-f]{64}$/)
    expect(at(object(set, 'Job', 'migrate'), 'spec', 'template', 'metadata')).toBeUndefined()
  })

  test('keeps Windows line ends where YAML can', async () => {
    const set = await helm()
    expect(data(set, 'windows.ini')).toBe(WINDOWS)
    expect(data(set, 'block.ini')).toBe(WINDOWS.replaceAll('\r\n', '\n'))
  })

  test('renders a thousand objects', async () => {
    const set = await helm({ set: [['many', '1000']] })
    expect(set.manifests).toHaveLength(1007)
  })
})

describe('values', () => {
  test('of files, of text and single ones: the later win', async () => {
    const directory = workspace()
    writeFileSync(path.join(directory, 'a.yaml'), 'replicas: 3\nimage: {tag: file-a}\ngiven: {a: a, b: a, c: a}\n')
    writeFileSync(path.join(directory, 'with, "comma".yaml'), 'given: {b: b, c: b}\r\n')
    const set = await helm({
      directory,
      values: ['a.yaml', 'with, "comma".yaml'],
      valuesText: 'given: {c: text}\n',
      set: [['image.tag', 'set']]
    })
    expect(parseJson(data(set, 'given'))).toEqual({ a: 'a', b: 'b', c: 'text' })
    expect(at(object(set, 'Deployment', 'web'), 'spec', 'replicas')).toBe(3)
    expect(set.images).toEqual(['ghcr.io/acme/shop:set'])
  })

  test('by path, into lists and past dots, typed as by Helm', async () => {
    const set = await helm({
      set: [
        ['given.a\\.b/c', 'dotted'],
        ['given.yes', 'true'],
        ['given.none', 'null'],
        ['given.number', '1000670000'],
        ['given.zeros', '007'],
        ['given.float', '1.10'],
        ['given.empty', ''],
        ['list[0].size', '2'],
        ['list[1].name', 'second'],
        ['given.twice', 'first'],
        ['given.twice', 'last']
      ]
    })
    expect(parseJson(data(set, 'given'))).toEqual({
      'a.b/c': 'dotted',
      yes: true,
      none: null,
      number: 1000670000,
      zeros: '007',
      float: '1.10',
      empty: '',
      twice: 'last'
    })
    expect(parseJson(data(set, 'list'))).toEqual([{ size: 2 }, { name: 'second' }])
  })

  test('arrive as they are, whatever is in them', async () => {
    const text = fc.oneof(
      fc.constantFrom(
        'a,b',
        '{a,b}',
        'a=b',
        '=',
        'line\nline\r\n',
        ' a ',
        '\\',
        '"',
        "'",
        '$(id)',
        '`',
        '--set',
        '{{ .Values }}',
        '~',
        'True ',
        '1e3',
        '0x10',
        '😀',
        '\t'
      ),
      fc.string({ unit: 'binary' }).map((one) => one.toWellFormed()),
      fc.string()
    )
    const typed = /^(?:true|false|null)$/i
    const values = fc
      .sample(text, { numRuns: 150, seed: 20261123 })
      .filter((one) => !typed.test(one) && !/^[+-]?\d+$/.test(one))
    const set = await helm({ set: values.map((value, index): [string, string] => [`given.k${index}`, value]) })
    expect(parseJson(data(set, 'given'))).toEqual(
      Object.fromEntries(values.map((value, index) => [`k${index}`, value]))
    )
  })

  test('never stand in an argument, and are in files of this user alone, gone afterwards', async () => {
    const secret = 'hunter2,{=}\nhunter3'
    const seen: { args: string[]; modes: number[] } = { args: [], modes: [] }
    const watching: Exec = (file, args, options) => {
      seen.args.push(...args)
      for (const arg of args) {
        const place = /(?:^|=)(\/.*gitops-actions-helm-.*)$/.exec(arg)?.[1]
        if (place && existsSync(place))
          seen.modes.push(statSync(place).mode & 0o777, statSync(path.dirname(place)).mode & 0o777)
      }
      return exec(file, args, options)
    }
    const set = await helm({
      valuesText: `given: {a: "${secret.replace('\n', '\\n')}"}`,
      set: [['given.b', secret]],
      options: { exec: watching }
    })
    expect(parseJson(data(set, 'given'))).toEqual({ a: secret, b: secret })
    expect(seen.args.join('\n')).not.toContain('hunter')
    expect(seen.modes).toEqual([0o600, 0o700, 0o600, 0o700])
    expect(readdirSync(home).filter((name) => name.startsWith('gitops-actions-helm-'))).toEqual([])
  })

  test.each([
    [{ values: ['nowhere.yaml'] }, 'Values file "nowhere.yaml" does not exist.'],
    [{ values: ['../x.yaml'] }, 'leaves the workspace'],
    [{ values: ['charts'] }, 'Values file "charts" cannot be read: EISDIR'],
    [{ valuesText: 'a: b: c' }, 'values:1:5: mapping values are not allowed in this context.'],
    [{ valuesText: '- a' }, 'values: values must be a mapping.'],
    [{ valuesText: 'a: 1\n---\nb: 1' }, 'values:3: a second document begins here, which Helm would ignore.'],
    [{ set: [['a,b', '1']] }, '"a,b" is no path of a value.'],
    [{ set: [['--kubeconfig', 'x']] }, '"--kubeconfig" is no path of a value.']
  ] as [Given, string][])('are refused: %j', async (given, message) => {
    expect((await errorOf(() => helm(given))).message).toContain(message)
  })

  test('with a duplicate key, which Helm takes, are a warning', async () => {
    const log = keepLog()
    const set = await helm({ valuesText: 'given:\n  a: 1\n  a: 2\n', options: { log } })
    expect(parseJson(data(set, 'given'))).toEqual({ a: 2 })
    expect(log.lines.join()).toContain(
      'warning: values:3:3: duplicate key "a" (the first one is, line 2). Helm takes the last one.'
    )
  })
})

describe('dependencies', () => {
  const commands = (calls: string[][]) => calls.map((args) => args[0])

  function recording(): { calls: string[][]; exec: Exec } {
    const calls: string[][] = []
    return {
      calls,
      exec: (file, args, options) => {
        calls.push([...args])
        return exec(file, args, options)
      }
    }
  }

  test('in charts/ need no network and no copy', async () => {
    const { calls, exec: recorded } = recording()
    await helm({ options: { exec: recorded } })
    expect(commands(calls).filter((command) => command !== 'version')).toEqual(['template'])
  })

  test('beside the chart are taken from there; nothing is written into the workspace', async () => {
    const directory = workspace()
    const before = tree(directory)
    const log = keepLog()
    const set = await helm({ directory, chart: 'neighbours/app', options: { log } })
    expect(data(set, 'greeting')).toBe('hello')
    expect(tree(directory)).toEqual(before)
    expect(log.lines.filter((line) => line.startsWith('warning'))).toEqual([])
  })

  test('in a repository are fetched by Chart.lock, and a lock that does not fit is an error', async () => {
    const repository = await chartRepository()
    const directory = workspace()
    const chart = path.join(directory, 'fetching')
    cpSync(path.join(directory, 'neighbours/app'), chart, { recursive: true })
    const description = (version: string) =>
      `apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: common, version: ${version}, repository: "${repository.url}"}\n`
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.2.0'))
    const log = keepLog()
    expect(data(await helm({ directory, chart: 'fetching', options: { log } }), 'greeting')).toBe('hello')
    expect(log.lines.join()).toContain('has no Chart.lock, so versions of its dependencies are not fixed')
    await exec(platform.bin.helm, ['dependency', 'update', chart], { env: helmHome() })
    const lock = readFileSync(path.join(chart, 'Chart.lock'))
    // Vendored: the repository is not asked.
    const asked = repository.asked.length
    expect(data(await helm({ directory, chart: 'fetching' }), 'greeting')).toBe('hello')
    expect(repository.asked).toHaveLength(asked)
    // Only locked.
    await exec('rm', ['-r', path.join(chart, 'charts')])
    expect(data(await helm({ directory, chart: 'fetching' }), 'greeting')).toBe('hello')
    expect(readdirSync(chart).sort()).toEqual(['Chart.lock', 'Chart.yaml', 'templates'])
    expect(readFileSync(path.join(chart, 'Chart.lock'))).toEqual(lock)
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.1.0'))
    const stale = await errorOf(() => helm({ directory, chart: 'fetching' }))
    expect(stale.message).toBe('fetching/Chart.lock is out of date: Chart.yaml asks for other dependencies.')
    expect(stale.hint).toBe('Run "helm dependency update fetching" and commit Chart.lock.')
    repository.close()
    writeFileSync(path.join(chart, 'Chart.yaml'), description('^0.2.0'))
    const offline = await errorOf(() => helm({ directory, chart: 'fetching' }))
    expect(offline.message).toContain('connection refused')
    expect(offline.hint).toContain('cannot be reached')
  })

  test('that are missing beside the chart: both charts are named', async () => {
    const directory = workspace()
    await exec('rm', ['-r', path.join(directory, 'neighbours/common')])
    expect((await errorOf(() => helm({ directory, chart: 'neighbours/app' }))).message).toBe(
      'neighbours/app/Chart.yaml: dependency "common" (file://../common): "neighbours/common" is no chart: it holds no Chart.yaml.'
    )
  })
})

describe('a chart in a registry', () => {
  test('by version and by digest', async () => {
    const directory = workspace()
    await exec(platform.bin.helm, ['package', path.join(directory, 'charts/shop'), '-d', home], { env: helmHome() })
    const pushed = await exec(
      platform.bin.helm,
      ['push', path.join(home, 'shop-1.4.0.tgz'), `oci://${platform.registry}/charts`, '--plain-http'],
      { env: helmHome() }
    )
    const digest = /sha256:[0-9a-f]{64}/.exec(`${pushed.stdout}${pushed.stderr}`)?.[0]
    const local = await helm({ directory })
    const log = keepLog()
    const chart = `oci://${platform.registry}/charts/shop`
    expect((await helm({ directory, chart: `${chart}@${digest}`, options: { log } })).digest).toBe(local.digest)
    expect((await helm({ directory, chart, version: '1.4.0', options: { log } })).digest).toBe(local.digest)
    expect(log.lines.filter((line) => line.startsWith('warning'))).toEqual([])
    const newest = await helm({ directory, chart, options: { log } })
    expect(newest.manifests[0]?.source.file).toMatch(/^oci:\/\/.*\/charts\/shop\//)
    expect(log.lines.join()).toContain('without a version or a digest, each run takes the newest chart')
    const missing = await errorOf(() => helm({ directory, chart, version: '9.9.9' }))
    expect(missing.message).toMatch(/^oci:.*not found/)
    expect(missing.hint).toBe('Check the name and the version of the chart.')
  })

  test.each([
    ['http://charts.example/x.tgz', /without encryption/],
    ['oci://user:pass@ghcr.io/x', /holds credentials/],
    ['oci://', /no address of a chart/]
  ])('is not taken from %s', async (chart, message) => {
    expect((await errorOf(() => helm({ chart }))).message).toMatch(message)
  })
})

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
      'c/templates/x.yaml renders text that is no YAML, on line 4 of what it renders: mapping values are not allowed in this context.',
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
    expect(error.message).not.toContain(home)
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

test('Helm of the user is neither used nor touched', async () => {
  const config = folder({ 'repositories.yaml': 'no: [repositories', 'plugins/x/plugin.yaml': 'name: [' })
  for (const name of ['HELM_CONFIG_HOME', 'HELM_DATA_HOME', 'HELM_CACHE_HOME']) vi.stubEnv(name, config)
  vi.stubEnv('HELM_PLUGINS', path.join(config, 'plugins'))
  vi.stubEnv('HELM_NAMESPACE', 'other')
  vi.stubEnv('HELM_DEBUG', 'true')
  vi.stubEnv('KUBECONFIG', path.join(config, 'repositories.yaml'))
  const before = tree(config)
  const set = await helm({ chart: 'neighbours/app' })
  expect(set.manifests).toHaveLength(1)
  expect(tree(config)).toEqual(before)
  expect(readdirSync(home)).toEqual([])
})

function helmHome(): Record<string, string> {
  return {
    HOME: home,
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data')
  }
}

/** Every file below a folder with the hash of its content. */
function tree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => `${path.relative(directory, file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
    .sort()
}

/** A chart repository over HTTP that holds `common` 0.2.0. */
async function chartRepository(): Promise<{ url: string; asked: string[]; close: () => void }> {
  const directory = folder()
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const file = path.join(directory, path.basename(request.url ?? ''))
    if (existsSync(file) && statSync(file).isFile()) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await exec(platform.bin.helm, ['package', path.join(FIXTURES, 'neighbours/common'), '-d', directory], {
    env: helmHome()
  })
  await exec(platform.bin.helm, ['repo', 'index', directory, '--url', url], { env: helmHome() })
  return { url, asked, close }
}
