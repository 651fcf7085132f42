import { isObject, type Json, type JsonObject } from '../../../../src/json.ts'

/**
 * A copy of `value` with something else at a path of the form `spec.containers[name=web].image`, `metadata.labels[a/b]`
 * or `rules[0].host`; undefined removes it. Missing maps and keyed items on the way are made; a missing position is
 * left alone.
 */
export function setAt(value: Json, path: string, replacement: Json | undefined): Json {
  const steps = [...path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map((match) => match[1] ?? `[${match[2]}`)
  return set(structuredClone(value), steps, replacement) ?? value
}

function set(value: Json | undefined, steps: readonly string[], replacement: Json | undefined): Json | undefined {
  const [step, ...rest] = steps
  if (step === undefined) return structuredClone(replacement)
  if (/^\[\d+$/.test(step)) {
    const index = Number(step.slice(1))
    if (!Array.isArray(value) || value[index] === undefined) return value
    const next = set(value[index], rest, replacement)
    return next === undefined ? value.toSpliced(index, 1) : value.with(index, next)
  }
  const key = /^\[([\w]+)=(.*)$/.exec(step)
  if (key) {
    const [, name = '', text = ''] = key
    const list = Array.isArray(value) ? value : []
    const index = list.findIndex((item) => isObject(item) && String(item[name]) === text)
    if (replacement === undefined && index < 0) return value
    const next = set(index < 0 ? { [name]: text } : list[index], rest, replacement)
    if (next === undefined) return list.toSpliced(index, 1)
    return index < 0 ? [...list, next] : list.with(index, next)
  }
  const name = step.startsWith('[') ? step.slice(1) : step
  if (value !== undefined && !isObject(value)) return value
  if (value === undefined && replacement === undefined) return undefined
  const result: JsonObject = { ...value }
  const next = set(result[name], rest, replacement)
  if (next === undefined) delete result[name]
  else result[name] = next
  return result
}
