import { createHash } from 'node:crypto'
import { asList, asObject, asString, at, canonicalJson, type Json, type JsonObject } from '../json.ts'
import { groupOf, type KubernetesObject, type Manifest, namespaceOf } from './manifest.ts'
import { containersOf, podsOf } from './pods.ts'

/** On pod templates: the checksum of the configuration they use. On any object of these: `disabled` to be left out. */
export const CHECKSUM_ANNOTATION = 'gitops-actions.dev/config-checksum'

/**
 * Annotates pod templates, in place, with a checksum of the ConfigMaps and Secrets of the same set that they use, so that
 * changed configuration rolls the pods that read it. Only what controllers roll is annotated: Deployments, StatefulSets,
 * DaemonSets and custom resources with a pod template; never Jobs, whose template cannot change. Only content counts
 * (`data`, `binaryData`, `stringData`), pull secrets do not.
 */
export function addConfigChecksums(manifests: readonly Manifest[], defaultNamespace: string | undefined): void {
  const contents = new Map<string, string>()
  for (const { object } of manifests) {
    if (!isConfiguration(object) || isOptedOut(object)) continue
    const namespace = namespaceOf(object) ?? defaultNamespace ?? ''
    contents.set(keyOf(object.kind, namespace, object.metadata.name), contentHash(object))
  }
  if (contents.size === 0) return
  for (const { object } of manifests) {
    if (!isRolled(object) || isOptedOut(object)) continue
    const namespace = namespaceOf(object) ?? defaultNamespace ?? ''
    for (const { template, spec, direct } of podsOf(object)) {
      if (!direct || isOptedOut(template)) continue
      const used = [...usedBy(spec)].sort().flatMap((reference) => {
        const [kind = '', name = ''] = reference.split('/')
        const hash = contents.get(keyOf(kind, namespace, name))
        return hash === undefined ? [] : [[kind, name, hash]]
      })
      if (used.length > 0) annotate(template, sha256(canonicalJson(used)))
    }
  }
}

function isConfiguration(object: KubernetesObject): boolean {
  return groupOf(object) === '' && (object.kind === 'ConfigMap' || object.kind === 'Secret')
}

/** Kinds whose controller replaces pods when the template changes. */
function isRolled(object: KubernetesObject): boolean {
  const group = groupOf(object)
  if (group === 'apps') return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)
  // Kinds of Kubernetes itself have no dot in their group, or end in .k8s.io; a custom Job's template is as fixed as a Job's.
  return group.includes('.') && !group.endsWith('.k8s.io') && !/job/i.test(object.kind)
}

function isOptedOut(holder: JsonObject): boolean {
  return at(holder, 'metadata', 'annotations', CHECKSUM_ANNOTATION) === 'disabled'
}

/** `ConfigMap/name` and `Secret/name` of everything that environment and volumes of a pod refer to. */
function usedBy(spec: JsonObject): Set<string> {
  const used = new Set<string>()
  const add = (kind: 'ConfigMap' | 'Secret', name: Json | undefined) => {
    if (typeof name === 'string' && name !== '') used.add(`${kind}/${name}`)
  }
  for (const container of containersOf(spec)) {
    for (const source of asList(container['envFrom']) ?? []) {
      add('ConfigMap', at(source, 'configMapRef', 'name'))
      add('Secret', at(source, 'secretRef', 'name'))
    }
    for (const variable of asList(container['env']) ?? []) {
      add('ConfigMap', at(variable, 'valueFrom', 'configMapKeyRef', 'name'))
      add('Secret', at(variable, 'valueFrom', 'secretKeyRef', 'name'))
    }
  }
  for (const volume of asList(spec['volumes']) ?? []) {
    add('ConfigMap', at(volume, 'configMap', 'name'))
    add('Secret', at(volume, 'secret', 'secretName'))
    for (const source of asList(at(volume, 'projected', 'sources')) ?? []) {
      add('ConfigMap', at(source, 'configMap', 'name'))
      add('Secret', at(source, 'secret', 'name'))
    }
  }
  return used
}

/** Over the bytes that a pod sees under each key, however they are declared. */
function contentHash(object: KubernetesObject): string {
  const content: JsonObject = {}
  const isSecret = object.kind === 'Secret'
  for (const [key, value] of entries(object['data'])) content[key] = isSecret ? bytesOf(value) : sha256(value)
  for (const [key, value] of entries(object['binaryData'])) content[key] = bytesOf(value)
  for (const [key, value] of entries(object['stringData'])) content[key] = sha256(value)
  return sha256(canonicalJson(content))
}

function entries(value: Json | undefined): [string, string][] {
  return Object.entries(asObject(value) ?? {}).map(([key, text]) => [key, asString(text) ?? canonicalJson(text)])
}

function bytesOf(base64: string): string {
  return sha256(Buffer.from(base64, 'base64'))
}

function annotate(template: JsonObject, checksum: string): void {
  const metadata = asObject(template['metadata']) ?? {}
  template['metadata'] = metadata
  metadata['annotations'] = { ...asObject(metadata['annotations']), [CHECKSUM_ANNOTATION]: checksum }
}

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
