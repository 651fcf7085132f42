import { asObject } from '../json.ts'
import type { Place } from '../log.ts'
import { groupOf, type KubernetesObject } from './manifest.ts'
import { errorAt } from './placed.ts'

/** What the API server's validation of metadata (apimachinery `validation.ValidateObjectMeta`) takes of any object. */
const MAX_NAME = 253
const MAX_NAMESPACE = 63
const MAX_LABEL = 63
const MAX_ANNOTATIONS = 256 * 1024
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

/**
 * Refuses names, labels and annotations that no cluster takes, whatever the kind.
 * @throws GitOpsError with file:line
 */
export function checkMetadata(object: KubernetesObject, place: Place): void {
  const { name } = object.metadata
  const what = object.kind
  // Only RBAC takes any length: its names are no DNS names.
  if (name.length > MAX_NAME && groupOf(object) !== 'rbac.authorization.k8s.io')
    throw errorAt(place, `the name of ${what} "${name.slice(0, 40)}…" has ${name.length} characters.`, {
      hint: `A name has at most ${MAX_NAME}; many kinds take less.`
    })
  if (name === '.' || name === '..' || /[/%]/.test(name))
    throw errorAt(place, `the name of ${what} "${name}" cannot be part of a URL.`, {
      hint: 'A name must not be "." or "..", and has no "/" and no "%".'
    })
  const { namespace } = object.metadata
  if (
    typeof namespace === 'string' &&
    namespace !== '' &&
    !(namespace.length <= MAX_NAMESPACE && NAMESPACE.test(namespace))
  )
    throw errorAt(place, `the namespace "${namespace}" of ${what} ${name} is no name of a namespace.`, {
      hint: `It has at most ${MAX_NAMESPACE} lower-case letters, digits and hyphens, and begins and ends with a letter or a digit.`
    })
  for (const [key, value] of Object.entries(asObject(object.metadata['labels']) ?? {})) {
    checkKey(key, 'label', object, place)
    const text = String(value ?? '')
    if (text !== '' && (text.length > MAX_LABEL || !QUALIFIED.test(text)))
      throw errorAt(place, `the label ${key} of ${what} ${name} is "${shortened(text)}", which no label may be.`, {
        hint: `A label has at most ${MAX_LABEL} letters, digits, "-", "_" and ".", and begins and ends with a letter or a digit. Longer texts are annotations.`
      })
  }
  let size = 0
  for (const [key, value] of Object.entries(asObject(object.metadata['annotations']) ?? {})) {
    checkKey(key, 'annotation', object, place)
    size += Buffer.byteLength(key) + Buffer.byteLength(String(value ?? ''))
  }
  if (size > MAX_ANNOTATIONS)
    throw errorAt(
      place,
      `the annotations of ${what} ${name} have ${Math.ceil(size / 1024)} KiB; 256 KiB are taken at most.`,
      {
        hint: 'Keep large content in a ConfigMap, or outside the cluster.'
      }
    )
}

function checkKey(key: string, sort: 'label' | 'annotation', object: KubernetesObject, place: Place): void {
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const local = key.slice(slash + 1)
  // The prefix of an annotation may be in capitals; the API server lowers it before it looks.
  const domain = sort === 'annotation' ? prefix?.toLowerCase() : prefix
  const good =
    local.length <= MAX_LABEL &&
    QUALIFIED.test(local) &&
    (domain === undefined || (domain.length <= 253 && PREFIX.test(domain)))
  if (good) return
  throw errorAt(
    place,
    `"${shortened(key)}" of ${object.kind} ${object.metadata.name} is no key of ${sort === 'label' ? 'a label' : 'an annotation'}.`,
    {
      hint: `A key is a name of at most ${MAX_LABEL} letters, digits, "-", "_" and ".", and may have a domain before it: example.com/name.`
    }
  )
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
