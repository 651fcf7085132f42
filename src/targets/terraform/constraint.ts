import { GitOpsError, messageOf } from '../../errors.ts'

type Version = readonly [number, number, number]

/**
 * Whether a version meets a constraint as Terraform writes them (`1.9.8`, `~> 1.9`, `>= 1.5, < 2.0`) or as its version
 * files do (`latest`, `latest:^1.9`, `min-required`, where any will do that the configuration itself allows).
 * @throws GitOpsError for a constraint that is none
 */
export function meets(version: string, constraint: string): boolean {
  const actual = parse(version)
  if (!actual) return false
  const text = constraint.trim()
  const latest = /^latest(?::(.+))?$/.exec(text)
  if (latest) return latest[1] === undefined || pattern(latest[1], constraint).test(version)
  if (/^(min-required|latest-allowed|latest-stable)$/.test(text)) return true
  return text.split(',').every((part) => meetsOne(actual, part.trim(), constraint))
}

function pattern(text: string, whole: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new GitOpsError(`"${whole}" is no version: ${messageOf(error)}.`, {
      hint: 'After latest: stands a regular expression, such as latest:^1.9.'
    })
  }
}

function meetsOne(actual: Version, part: string, whole: string): boolean {
  const [, operator = '=', wanted = ''] = /^(=|!=|>=?|<=?|~>)?\s*(v?\d+(?:\.\d+){0,2}(?:-[\w.]+)?)$/.exec(part) ?? []
  const version = parse(wanted)
  if (!version)
    throw new GitOpsError(`"${whole}" is no version of Terraform or OpenTofu.`, {
      hint: 'Write one such as 1.9.8, or a constraint such as ~> 1.9 or >= 1.5, < 2.0.'
    })
  const order = compare(actual, version)
  switch (operator) {
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '~>': {
      // The last part that is written may grow, those before it may not.
      const fixed = Math.max(1, wanted.split('.').length - 1)
      return order >= 0 && actual.slice(0, fixed).every((number, index) => number === version[index])
    }
    default:
      // `1.9` in a version file means any 1.9.
      return actual.slice(0, wanted.split('.').length).every((number, index) => number === version[index])
  }
}

function parse(text: string): Version | undefined {
  const [, major, minor = '0', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)]
}

function compare(a: Version, b: Version): number {
  for (const [index, number] of a.entries()) {
    const difference = number - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
