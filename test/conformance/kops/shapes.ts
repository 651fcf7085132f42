import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  asList,
  asObject,
  asString,
  at,
  isObject,
  type Json,
  type JsonObject,
  stringifyJson
} from '../../../src/json.ts'
import { readYaml } from '../../../src/render/yaml/index.ts'

/** A kind of cluster that people have: what differs from the smallest one. */
export interface Shape {
  readonly name: string
  readonly cluster: string
  /** What exists before kops comes: `shared`, `securityGroups`, … (existing.ts). */
  readonly spec: JsonObject
}

/** The shapes of `shapes/*.yaml`, in the order of the files. */
export function readShapes(): Shape[] {
  const folder = path.join(import.meta.dirname, 'shapes')
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readYaml(readFileSync(path.join(folder, file), 'utf8'), file))
    .map(({ value }) => asObject(value) ?? {})
    .map((spec) => {
      const name = asString(spec['shape']) ?? ''
      return { name, spec, cluster: asString(spec['name']) ?? 'shape.example.com' }
    })
}

/** What exists already, by what AWS calls it. */
export interface Existing {
  readonly vpc?: string
  readonly subnets?: readonly string[]
  readonly securityGroups?: readonly string[]
  readonly targetGroup?: string
}

/** The manifest of a shape, for a state store. */
export function manifestOf(shape: Shape, store: string, existing: Existing): string {
  const zones = asList(shape.spec['zones'])?.map((zone) => asString(zone) ?? '') ?? ['us-east-1a']
  const cluster = merge(baseCluster(shape, zones, store, existing), shape.spec['cluster'] ?? {})
  const groups = (asList(shape.spec['groups']) ?? defaultGroups(shape)).map((group) => asObject(group) ?? {})
  const documents = [
    { kind: 'Cluster', metadata: { name: shape.cluster }, spec: cluster },
    ...groups.map((group) => instanceGroup(group, shape, zones, existing))
  ]
  return documents
    .map((document) => `${stringifyJson({ apiVersion: 'kops.k8s.io/v1alpha2', ...document }, 2)}\n`)
    .join('---\n')
}

function baseCluster(shape: Shape, zones: readonly string[], store: string, existing: Existing): JsonObject {
  const isPrivate = shape.spec['topology'] === 'private'
  const members = zones.slice(0, Number(shape.spec['controlPlanes'] ?? 1)).map((zone) => ({
    name: zone.slice(-1),
    instanceGroup: `control-plane-${zone}`,
    encryptedVolume: true
  }))
  const isIPv6 = shape.spec['ipv6'] === true
  return {
    api: { loadBalancer: { class: 'Network', type: 'Public', ...attachedGroups(existing, 0) } },
    authorization: { rbac: {} },
    // No download of recommendations.
    channel: 'none',
    cloudProvider: 'aws',
    configBase: `${store}/${shape.cluster}`,
    etcdClusters: ['main', 'events'].map((name) => ({ name, etcdMembers: members })),
    iam: { allowContainerRegistry: true, legacy: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: isIPv6 ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'],
    kubernetesVersion: '1.36.1',
    networkCIDR: '172.20.0.0/16',
    ...(existing.vpc === undefined ? {} : { networkID: existing.vpc }),
    ...(at(shape.spec, 'cluster', 'networking') === undefined ? { networking: { cni: {} } } : {}),
    nonMasqueradeCIDR: isIPv6 ? '::/0' : '100.64.0.0/10',
    sshAccess: ['203.0.113.0/24'],
    subnets: zones.flatMap((zone, index) => subnetsOf(zone, index, isPrivate, isIPv6, existing)),
    topology: { dns: { type: 'None' } }
  }
}

function subnetsOf(zone: string, index: number, isPrivate: boolean, isIPv6: boolean, existing: Existing): JsonObject[] {
  const id = existing.subnets?.[index]
  const first = {
    name: zone,
    zone,
    type: isPrivate ? 'Private' : 'Public',
    cidr: `172.20.${32 * (index + 1)}.0/19`,
    ...(isIPv6 ? { ipv6CIDR: `/64#${index + 1}` } : {}),
    ...(id === undefined ? {} : { id })
  }
  if (!isPrivate) return [first]
  return [first, { name: `utility-${zone}`, zone, type: 'Utility', cidr: `172.20.${4 * index}.0/22` }]
}

function attachedGroups(existing: Existing, index: number): JsonObject {
  const group = existing.securityGroups?.[index]
  return group === undefined ? {} : { securityGroupOverride: group }
}

function defaultGroups(shape: Shape): JsonObject[] {
  const zones = asList(shape.spec['zones']) ?? ['us-east-1a']
  const controlPlanes = zones
    .slice(0, Number(shape.spec['controlPlanes'] ?? 1))
    .map((zone) => ({ name: `control-plane-${String(zone)}`, role: 'ControlPlane', subnets: [zone] }))
  return [...controlPlanes, { name: 'nodes', role: 'Node' }]
}

function instanceGroup(group: JsonObject, shape: Shape, zones: readonly string[], existing: Existing): JsonObject {
  const { name = '', ...spec } = group
  const role = asString(spec['role']) ?? 'Node'
  const securityGroup = existing.securityGroups?.[role === 'ControlPlane' ? 1 : 2]
  return {
    kind: 'InstanceGroup',
    metadata: { name, labels: { 'kops.k8s.io/cluster': shape.cluster } },
    spec: {
      image: 'ami-785db401',
      machineType: 't3.medium',
      minSize: 1,
      maxSize: 1,
      subnets: [...zones],
      ...(securityGroup === undefined ? {} : { securityGroupOverride: securityGroup }),
      ...(existing.targetGroup === undefined
        ? {}
        : { externalLoadBalancers: [{ targetGroupArn: existing.targetGroup }] }),
      ...spec
    }
  }
}

/** Objects are merged, null takes away, everything else replaces. */
function merge(base: Json, patch: Json): Json {
  if (!isObject(base) || !isObject(patch)) return patch
  const result: JsonObject = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merge(result[key] ?? {}, value)
  }
  return result
}
