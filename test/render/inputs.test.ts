import { describe, expect, test } from 'vitest'
import { INPUTS } from '../../actions/render-helm/contract.ts'
import { Inputs } from '../../src/action/inputs.ts'
import { readRender } from '../../src/action/render-inputs.ts'
import { DIGEST, errorOf } from './support.ts'

function read(given: Readonly<Record<string, string>>) {
  const env = Object.fromEntries(Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  return readRender(new Inputs(INPUTS, env), { GITHUB_WORKSPACE: '/workspace' })
}

describe('the inputs of render-helm', () => {
  test('describe a chart', () => {
    const { source, options, output } = read({
      chart: 'charts/web',
      namespace: 'shop',
      'values-files': '\n  a.yaml  \n# b.yaml\nc.yaml\n',
      values: 'a: 1\nb: |\n  x\n',
      set: 'image.tag=1.2\nurl=https://x/?a=b,c\n',
      images: `web=ghcr.io/acme/web@${DIGEST}`,
      'api-versions': 'a/v1, b/v1\nc/v1',
      'kube-version': '1.34'
    })
    expect(source).toEqual({
      type: 'helm',
      chart: 'charts/web',
      release: 'web',
      values: ['a.yaml', 'c.yaml'],
      valuesText: 'a: 1\nb: |\n  x\n',
      set: [
        ['image.tag', '1.2'],
        ['url', 'https://x/?a=b,c']
      ],
      includeCrds: true,
      apiVersions: ['a/v1', 'b/v1', 'c/v1'],
      kubeVersion: '1.34'
    })
    expect(options).toMatchObject({ workspace: '/workspace', namespace: 'shop', configChecksums: true })
    expect(options.images).toEqual([
      { name: 'web', reference: `ghcr.io/acme/web@${DIGEST}` },
      { name: 'ghcr.io/acme/web', reference: `ghcr.io/acme/web@${DIGEST}` }
    ])
    expect(output).toBe('rendered/web')
  })

  test.each([
    ['charts/web/', 'web'],
    ['oci://ghcr.io/acme/charts/Web', 'web'],
    [`oci://ghcr.io/acme/charts/web@${DIGEST}`, 'web'],
    ['charts/my-web-1.2.3.tgz', 'my-web'],
    ['https://example.com/charts/web-v2.0.0-rc.1.tar.gz', 'web']
  ])('name a release after %s: %s', (chart, release) => {
    expect(read({ chart }).source).toMatchObject({ release })
  })

  test('describe plain manifests', () => {
    expect(read({ manifests: 'a.yaml\nb' })).toMatchObject({
      source: { type: 'manifests', paths: ['a.yaml', 'b'] },
      output: 'rendered/manifests'
    })
  })

  test.each([
    [{}, 'Neither input "chart" nor input "manifests" is given.'],
    [{ chart: 'a', manifests: 'b' }, 'Both input "chart" and input "manifests" are given.'],
    [{ manifests: 'b', set: 'a=1' }, 'Input "set" is given without a chart.'],
    [{ manifests: 'b', release: 'a' }, 'Input "release" is given without a chart.'],
    [{ chart: '.' }, 'Input "release" is required'],
    [{ chart: 'a', 'include-crds': 'yes' }, 'Input "include-crds" is "yes", which is not a boolean.'],
    [{ chart: 'a', 'config-checksums': '1' }, 'Input "config-checksums" is "1"'],
    [{ chart: 'a', set: 'a' }, 'Input "set": "a" is not of the form key=value.'],
    [{ chart: 'a', images: 'nginx' }, 'Input "images": "nginx" is no image reference.']
  ])('are refused: %j', async (given, message) => {
    expect((await errorOf(() => read(given))).message).toContain(message)
  })
})
