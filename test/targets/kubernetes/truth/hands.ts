import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isObject, type Json, type JsonObject, stringifyJson } from '../../../../src/json.ts'
import { type KubernetesObject, namespaceOf } from '../../../../src/render/manifest.ts'
import { exec } from '../../../../src/toolchain/exec.ts'
import type { Platform } from '../../../platform/use.ts'

/** Somebody who writes to the cluster with a real client. */
export interface Hand {
  /** Under which name the API server writes it down. */
  readonly manager: string
  readonly operation: 'Update' | 'Apply'
  /** False for tools that send what they want: they cannot take away what they never had. */
  readonly removes: boolean
  write(before: KubernetesObject, after: KubernetesObject, wanted: Json): Promise<void>
}

export interface Hands {
  readonly all: readonly Hand[]
  kubectl(args: readonly string[], input?: string, env?: Record<string, string>): Promise<string>
  /** Makes a release that holds an object and takes it over, as `helm upgrade` does. */
  helm(object: KubernetesObject, namespace: string): Promise<void>
  /** `<kind>/<name>` and the namespace, as kubectl takes them. */
  point(object: KubernetesObject): string[]
}

/** A client that waits longer than this waits for ever. */
const PATIENCE_MS = 60_000

/** The hands that write to a platform; `plural` names the resource of a kind as kubectl needs it. */
export function handsOn(platform: Platform, directory: string, plural: (object: KubernetesObject) => string): Hands {
  let files = 0
  const kubectl = async (args: readonly string[], input?: string, env: Record<string, string> = {}) => {
    const options = {
      timeout: PATIENCE_MS,
      env: { KUBECONFIG: platform.kubeconfig, HOME: platform.directory, PATH: platform.path, ...env }
    }
    return (await exec(platform.bin.kubectl, args, input === undefined ? options : { ...options, input })).stdout
  }
  const point = (object: KubernetesObject): string[] => {
    const namespace = namespaceOf(object)
    return [`${plural(object)}/${object.metadata.name}`, ...(namespace === undefined ? [] : ['-n', namespace])]
  }
  const all: Hand[] = [
    {
      manager: 'kubectl-edit',
      operation: 'Update',
      removes: true,
      async write(_before, after) {
        const file = path.join(directory, `edit-${files++}.json`)
        await writeFile(file, stringifyJson(after))
        await kubectl(['edit', ...inVersion(after, point(after)), '-o', 'json'], undefined, {
          KUBE_EDITOR: `cp ${file}`
        })
      }
    },
    {
      manager: 'kubectl-replace',
      operation: 'Update',
      removes: true,
      async write(_before, after) {
        await kubectl(['replace', '-f', '-'], stringifyJson(after))
      }
    },
    {
      manager: 'kubectl-patch',
      operation: 'Update',
      removes: true,
      async write(before, after) {
        await kubectl(['patch', ...point(after), '--type=merge', '-p', stringifyJson(mergePatch(before, after) ?? {})])
      }
    },
    {
      manager: 'kubectl-client-side-apply',
      operation: 'Update',
      removes: false,
      async write(_before, _after, wanted) {
        await kubectl(['apply', '-f', '-'], stringifyJson(wanted))
      }
    },
    {
      manager: 'argocd-controller',
      operation: 'Apply',
      removes: false,
      async write(_before, _after, wanted) {
        const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=argocd-controller', '-f', '-']
        await kubectl(args, stringifyJson(wanted))
      }
    },
    {
      // Any program with a client library: its User-Agent is its name.
      manager: 'cost-saver',
      operation: 'Update',
      removes: true,
      async write(_before, after) {
        const [resource = '', ...place] = point(after)
        const uri = uriOf(after, resource, place)
        const response = await kubectl(['replace', '--raw', uri, '-f', '-'], stringifyJson(after))
        if (response === '') throw new Error(`no answer to a PUT of ${uri}`)
      }
    }
  ]
  const helm = async (object: KubernetesObject, namespace: string) => {
    const chart = path.join(directory, `chart-${files++}`)
    await mkdir(path.join(chart, 'templates'), { recursive: true })
    await writeFile(path.join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: taken\nversion: 1.0.0\n')
    // Braces of the object must not be taken for a template's.
    const text = stringifyJson(object).replaceAll('{{', '{ {')
    await writeFile(path.join(chart, 'templates', 'object.yaml'), text)
    const args = ['upgrade', '--install', object.metadata.name, chart, '-n', namespace]
    await exec(platform.bin.helm, [...args, '--take-ownership', '--force-conflicts', '--server-side=true'], {
      timeout: PATIENCE_MS,
      env: { KUBECONFIG: platform.kubeconfig, HOME: directory, PATH: platform.path }
    })
  }
  return { all, kubectl, helm, point }
}

/** kubectl reads the newest version unless it is told which, and refuses a text of another one. */
function inVersion(object: KubernetesObject, [resource = '', ...place]: readonly string[]): string[] {
  const [group, version] = object.apiVersion.split('/')
  return [version === undefined ? resource : resource.replace(`.${group}/`, `.${version}.${group}/`), ...place]
}

function uriOf(object: KubernetesObject, resource: string, place: readonly string[]): string {
  const plural = resource.split('/')[0]?.split('.')[0] ?? ''
  const root = object.apiVersion === 'v1' ? '/api/v1' : `/apis/${object.apiVersion}`
  const scope = place[1] === undefined ? '' : `/namespaces/${place[1]}`
  return `${root}${scope}/${plural}/${object.metadata.name}?fieldManager=cost-saver`
}

/** RFC 7386; undefined when nothing differs. */
export function mergePatch(before: Json, after: Json): Json | undefined {
  if (stringifyJson(before) === stringifyJson(after)) return undefined
  if (!isObject(before) || !isObject(after)) return after
  const patch: JsonObject = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [before[name], after[name]]
    if (b === undefined) patch[name] = null
    else if (a === undefined) patch[name] = b
    else {
      const inner = mergePatch(a, b)
      if (inner !== undefined) patch[name] = inner
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined
}
