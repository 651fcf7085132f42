import { describe, expect, test } from 'vitest'
import { asObject, asString, at, type Json, type JsonObject } from '../../src/json.ts'
import { allImages, type ImagePin, pinImages } from '../../src/render/images.ts'
import type { Manifest } from '../../src/render/manifest.ts'
import { DIGEST, errorOf, keepLog, manifests, OTHER_DIGEST } from './support.ts'

const WEB = `ghcr.io/acme/web@${DIGEST}`

function pinned(yaml: string, pins: readonly ImagePin[]): { images: string[]; warnings: string[]; all: Manifest[] } {
  const all = manifests(yaml)
  const log = keepLog()
  pinImages(all, pins, log)
  return { images: allImages(all), warnings: log.lines, all }
}

function pod(...images: string[]): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [${images.map((image, index) => `{name: c${index}, image: "${image}"}`).join(', ')}]}}`
}

describe('replaces images', () => {
  const template = (path: readonly string[]): Json =>
    path.reduceRight<Json>((inner, key) => ({ [key]: inner }), {
      initContainers: [{ name: 'i', image: 'ghcr.io/acme/web:1' }],
      containers: [
        { name: 'c', image: 'ghcr.io/acme/web' },
        { name: 'd', image: 'other' }
      ],
      ephemeralContainers: [{ name: 'e', image: 'ghcr.io/acme/web:2' }],
      volumes: [{ name: 'v', image: { reference: 'ghcr.io/acme/web:3' } }]
    })

  test.each([
    ['v1', 'Pod', ['spec']],
    ['v1', 'PodTemplate', ['template', 'spec']],
    ['v1', 'ReplicationController', ['spec', 'template', 'spec']],
    ['apps/v1', 'Deployment', ['spec', 'template', 'spec']],
    ['apps/v1', 'StatefulSet', ['spec', 'template', 'spec']],
    ['apps/v1', 'DaemonSet', ['spec', 'template', 'spec']],
    ['apps/v1', 'ReplicaSet', ['spec', 'template', 'spec']],
    ['batch/v1', 'Job', ['spec', 'template', 'spec']],
    ['batch/v1', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
    ['argoproj.io/v1alpha1', 'Rollout', ['spec', 'template', 'spec']],
    ['serving.knative.dev/v1', 'Service', ['spec', 'template', 'spec']],
    ['apps.openshift.io/v1', 'DeploymentConfig', ['spec', 'template', 'spec']],
    ['kibana.k8s.elastic.co/v1', 'Kibana', ['spec', 'podTemplate', 'spec']],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', ['spec', 'leaderWorkerTemplate', 'workerTemplate', 'spec']],
    ['apps.kruise.io/v1alpha1', 'WorkloadSpread', ['spec', 'podTemplateSpec', 'spec']]
  ])('in a %s %s', (apiVersion, kind, path) => {
    const object: JsonObject = { apiVersion, kind, metadata: { name: 'x' }, ...asObject(template(path)) }
    const { images, warnings, all } = pinned(JSON.stringify(object), [{ name: 'ghcr.io/acme/web', reference: WEB }])
    expect(images).toEqual([WEB, 'other'])
    expect(warnings).toEqual([])
    expect(asString(at(all[0]?.object, ...path, 'restartPolicy'))).toBeUndefined()
  })

  test('in templates inside of lists of a custom resource', () => {
    const jobSet = `{apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: {name: j}, spec: {replicatedJobs: [
      {name: a, template: {spec: {template: {spec: {containers: [{name: c, image: "ghcr.io/acme/web:1"}]}}}}}]}}`
    expect(pinned(jobSet, [{ name: 'ghcr.io/acme/web', reference: WEB }]).images).toEqual([WEB])
  })

  test('in whole objects that a custom resource makes', () => {
    const template = `{apiVersion: template.openshift.io/v1, kind: Template, metadata: {name: t}, objects: [
      ${pod('ghcr.io/acme/web:1')},
      {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: c, image: "ghcr.io/acme/web"}]}}}},
      {apiVersion: x.io/v1, kind: Thing, spec: {containers: [{name: c, image: "ghcr.io/acme/web"}]}}]}`
    const { all } = pinned(template, [{ name: 'ghcr.io/acme/web', reference: WEB }])
    expect(at(all[0]?.object, 'objects')).toMatchObject([
      { spec: { containers: [{ image: WEB }] } },
      { spec: { template: { spec: { containers: [{ image: WEB }] } } } },
      { spec: { containers: [{ image: 'ghcr.io/acme/web' }] } }
    ])
  })

  test.each([
    ['nginx', 'nginx', true],
    ['nginx', 'nginx:1.27', true],
    ['nginx', 'docker.io/library/nginx', true],
    ['nginx', 'index.docker.io/library/nginx:1', true],
    ['docker.io/nginx', 'nginx', true],
    ['nginx', `nginx@${OTHER_DIGEST}`, true],
    ['nginx', 'bitnami/nginx', false],
    ['nginx', 'ghcr.io/nginx', false],
    ['bitnami/nginx', 'docker.io/bitnami/nginx:1', true],
    ['localhost/web', 'web', false],
    ['127.0.0.1:5000/web', '127.0.0.1:5000/web:tree-1', true],
    ['127.0.0.1:5000/web', '127.0.0.1:5001/web', false],
    ['GHCR.io/acme/web', 'ghcr.io/acme/web', true],
    ['nginx:1.27', 'nginx:1.27', true],
    ['nginx:1.27', `nginx:1.27@${OTHER_DIGEST}`, true],
    ['nginx:1.27', 'nginx:1.28', false],
    ['nginx:1.27', 'nginx', false],
    [`nginx@${OTHER_DIGEST}`, `nginx@${OTHER_DIGEST}`, true],
    ['web', 'web-admin', false]
  ])('the pin %s and the image %s: %s', (name, image, taken) => {
    expect(pinned(pod(image), [{ name, reference: WEB }]).images).toEqual([taken ? WEB : image])
  })

  test('the pin of a tag before that of the repository', () => {
    const other = `ghcr.io/acme/old@${OTHER_DIGEST}`
    const pins = [
      { name: 'nginx', reference: WEB },
      { name: 'nginx:1.27', reference: other }
    ]
    expect(pinned(pod('nginx:1.27', 'nginx:1.28'), pins).images).toEqual([other, WEB])
  })

  test('and leaves alone what only looks like an image', () => {
    const text = `{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {pod: "image: nginx"}}\n---\n${pod('nginx')}
---
{apiVersion: x.io/v1, kind: Thing, metadata: {name: t}, spec: {image: nginx, containers: [{name: a, image: nginx}]}}`
    const { all } = pinned(text, [{ name: 'nginx', reference: WEB }])
    expect(at(all[0]?.object, 'data', 'pod')).toBe('image: nginx')
    expect(at(all[2]?.object, 'spec')).toEqual({ image: 'nginx', containers: [{ name: 'a', image: 'nginx' }] })
  })

  test('and keeps images that are no valid references', () => {
    expect(pinned(pod('REPLACE_ME', '$(IMAGE)', 'a b'), [{ name: 'nginx', reference: WEB }]).images).toEqual([
      '$(IMAGE)',
      'REPLACE_ME',
      'a b'
    ])
  })
})

describe('says which pins were of no use', () => {
  test('with the images that look most like them', () => {
    const { warnings } = pinned(pod('ghcr.io/acme/wep:1', 'quay.io/other/web', 'redis'), [
      { name: 'ghcr.io/acme/web', reference: WEB }
    ])
    expect(warnings).toEqual([
      `warning: No pod uses the image "ghcr.io/acme/web", so ${WEB} goes nowhere. Images that look like it: quay.io/other/web, ghcr.io/acme/wep:1.`
    ])
  })

  test('with some images in use when none looks like them', () => {
    expect(pinned(pod('redis'), [{ name: 'ghcr.io/acme/web', reference: WEB }]).warnings[0]).toContain(
      'Images in use: redis.'
    )
    expect(
      pinned('{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}', [{ name: 'x', reference: WEB }]).warnings[0]
    ).toContain('No object describes pods.')
  })

  test('once for all names of a reference, of which one is enough', () => {
    const pins = [
      { name: 'web', reference: WEB },
      { name: 'ghcr.io/acme/web', reference: WEB }
    ]
    expect(pinned(pod('web'), pins)).toMatchObject({ images: [WEB], warnings: [] })
    expect(pinned(pod('redis'), pins).warnings).toHaveLength(1)
  })
})

describe('refuses', () => {
  test('two references for one image', async () => {
    const pins = [
      { name: 'nginx', reference: WEB },
      { name: 'docker.io/library/nginx', reference: `nginx@${DIGEST}` }
    ]
    expect((await errorOf(() => pinned(pod('nginx'), pins))).message).toContain(
      'Two images are to take the place of "docker.io/library/nginx"'
    )
  })

  test('what is no image', async () => {
    expect(
      (await errorOf(() => pinned(pod('nginx'), [{ name: 'nginx', reference: 'nginx@sha256:12' }]))).message
    ).toContain('malformed digest')
    expect((await errorOf(() => pinned(pod('nginx'), [{ name: 'https://x/y', reference: WEB }]))).message).toContain(
      'starts with a scheme'
    )
  })
})
