/** Which paths of a build context its ignore file keeps out of the build. Paths are relative, with forward slashes. */
export interface IgnoreRules {
  /** True when BuildKit does not send this file or directory as such. */
  excludes(path: string): boolean
  /** True when nothing below this directory can be sent, so it need not be read. */
  prunes(directory: string): boolean
  /**
   * A line that we cannot read exactly as BuildKit does, or that BuildKit itself will refuse. Then nothing is
   * excluded: the key covers too much, never too little.
   */
  readonly unsupported?: string
}

/** Rules of a context without an ignore file. */
export const NO_RULES: IgnoreRules = { excludes: () => false, prunes: () => false }

/**
 * Reads a `.dockerignore` as BuildKit does (moby/patternmatcher v0.6.1 `ignorefile.ReadAll` and `patternmatcher.New`,
 * applied as in tonistiigi/fsutil `filter.go`): patterns are anchored at the context, the last match decides, a
 * pattern that matches a directory holds for everything below it, `!` takes back.
 */
export function parseIgnore(text: string): IgnoreRules {
  const patterns: Pattern[] = []
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const pattern = readLine(line)
    if (pattern === 'unsupported') return { ...NO_RULES, unsupported: line.trim() }
    if (pattern) patterns.push(pattern)
  }
  return patterns.length === 0 ? NO_RULES : new Matcher(patterns)
}

interface Pattern {
  readonly negated: boolean
  matches(path: string): boolean
}

/** One line: first as `ignorefile.ReadAll` writes it down, then as `patternmatcher.New` reads that. */
function readLine(line: string): Pattern | 'unsupported' | undefined {
  if (line.startsWith('#')) return undefined
  const trimmed = trimSpace(line)
  if (trimmed === '') return undefined
  const inverted = trimmed.startsWith('!')
  let path = inverted ? trimSpace(trimmed.slice(1)) : trimmed
  if (path !== '') path = clean(path)
  if (path.length > 1 && path.startsWith('/')) path = path.slice(1)

  const written = trimSpace(inverted ? `!${path}` : path)
  if (written === '') return undefined
  const cleaned = clean(written)
  const negated = cleaned.startsWith('!') // that of "/!x" as well
  const text = negated ? cleaned.slice(1) : cleaned
  if (text === '' || !isWellFormed(text)) return 'unsupported'
  const matches = compile(text)
  return matches === undefined ? 'unsupported' : { negated, matches }
}

/** `patternmatcher.MatchesUsingParentResults`, with the results of directories kept. */
class Matcher implements IgnoreRules {
  readonly #patterns: readonly Pattern[]
  readonly #hasExceptions: boolean
  readonly #directories = new Map<string, readonly boolean[]>()

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns
    this.#hasExceptions = patterns.some((pattern) => pattern.negated)
  }

  excludes(path: string): boolean {
    return this.#evaluate(path).excluded
  }

  prunes(directory: string): boolean {
    return !this.#hasExceptions && this.excludes(directory)
  }

  #evaluate(path: string): { excluded: boolean; results: readonly boolean[] } {
    const parent = this.#parentResults(path)
    const results: boolean[] = []
    let excluded = false
    for (const [index, pattern] of this.#patterns.entries()) {
      let match = parent?.[index] ?? false
      // A pattern that could not change the answer is not asked, and then counts as no match for what lies below.
      if (!match && pattern.negated === excluded) match = pattern.matches(path)
      results.push(match)
      if (match) excluded = !pattern.negated
    }
    return { excluded, results }
  }

  #parentResults(path: string): readonly boolean[] | undefined {
    const slash = path.lastIndexOf('/')
    if (slash < 0) return undefined
    const directory = path.slice(0, slash)
    let results = this.#directories.get(directory)
    if (!results) {
      results = this.#evaluate(directory).results
      this.#directories.set(directory, results)
    }
    return results
  }
}

/** Go's `strings.TrimSpace`, for the characters that occur. */
function trimSpace(text: string): string {
  return text.replace(/^(?:[^\S\uFEFF]|\u0085)+|(?:[^\S\uFEFF]|\u0085)+$/g, '')
}

/** Go's `filepath.Clean` on Unix. */
function clean(text: string): string {
  const rooted = text.startsWith('/')
  const parts: string[] = []
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  return (rooted ? '/' : '') + parts.join('/') || (rooted ? '/' : '.')
}

/** Whether Go's `filepath.Match` accepts the pattern: `patternmatcher.New` asks it for every one. */
function isWellFormed(pattern: string): boolean {
  const chars = [...pattern]
  let i = 0
  /** One character inside brackets (`getEsc`): true when it is allowed and something follows. */
  const classCharacter = (): boolean => {
    if (i >= chars.length || chars[i] === '-' || chars[i] === ']') return false
    if (chars[i] === '\\' && ++i >= chars.length) return false
    return ++i < chars.length
  }
  while (i < chars.length) {
    if (chars[i] === '\\') {
      if (++i >= chars.length) return false
      i++
    } else if (chars[i] === '[') {
      i++
      if (chars[i] === '^') i++
      for (let ranges = 0; !(ranges > 0 && chars[i] === ']'); ranges++) {
        if (!classCharacter()) return false
        if (chars[i] === '-') {
          i++
          if (!classCharacter()) return false
        }
      }
      i++
    } else i++
  }
  return true
}

/**
 * The pattern as a predicate, `Pattern.compile` of patternmatcher: literal text, a prefix (two stars at the end), a
 * suffix (two stars at the start) or a regular expression. Undefined for the few that are read differently there.
 */
function compile(pattern: string): ((path: string) => boolean) | undefined {
  const chars = [...pattern]
  let kind: 'exact' | 'prefix' | 'suffix' | 'regexp' = 'exact'
  let source = ''
  // Outside brackets, ^ and | and {2} reach the regular expression that BuildKit makes without being quoted.
  let raw = false
  for (let i = 0, token = 0; i < chars.length; token++) {
    const char = chars[i++] ?? ''
    if (char === '*' && chars[i] === '*') {
      i++
      if (chars[i] === '/') i++
      if (i < chars.length) {
        source += '([^\\n]*/)?'
        kind = 'regexp'
      } else if (kind === 'exact') kind = 'prefix'
      else {
        source += '[^\\n]*'
        kind = 'regexp'
      }
      if (token === 0) kind = 'suffix'
    } else if (char === '*' || char === '?') {
      source += char === '*' ? '[^/]*' : '[^/]'
      kind = 'regexp'
    } else if (char === '\\') {
      const quoted = chars[i++] ?? ''
      if (/[\p{L}\p{N}]/u.test(quoted)) return undefined // `\d` is a class of Go's regular expressions
      source += literal(quoted)
      kind = 'regexp'
    } else if (char === '[') {
      const end = classEnd(chars, i)
      const body = chars.slice(i, end).join('')
      // Wildcards inside brackets, POSIX classes and quoted letters become other regular expressions there.
      if (/[[*?]|\\[\p{L}\p{N}]/u.test(body)) return undefined
      source += `[${classBody(body)}]`
      kind = 'regexp'
      i = end + 1
    } else {
      source += literal(char)
      if (char === ']') kind = 'regexp'
      raw ||= char === '^' || char === '|' || (char === '{' && /\d/.test(chars[i] ?? ''))
    }
  }
  if (kind === 'regexp' && raw) return undefined
  return predicate(kind, pattern, source)
}

function predicate(kind: string, pattern: string, source: string): ((path: string) => boolean) | undefined {
  if (kind === 'exact') return (path) => path === pattern
  if (kind === 'prefix') return (path) => path.startsWith(pattern.slice(0, -2))
  if (kind === 'suffix') {
    const suffix = pattern.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  try {
    const expression = new RegExp(`^${source}$`, 'u')
    return (path) => expression.test(path)
  } catch {
    return undefined
  }
}

/** The index of the `]` that ends a character class whose body starts at `start`; the pattern is well-formed. */
function classEnd(chars: readonly string[], start: number): number {
  let i = chars[start] === '^' ? start + 1 : start
  for (let first = true; first || chars[i] !== ']'; first = false) i += chars[i] === '\\' ? 2 : 1
  return i
}

/** The body of a class for JavaScript: what is quoted stays quoted where that is allowed. */
function classBody(body: string): string {
  return body.replace(/\\(.)/gu, (_all, quoted: string) => (/[\\\]^-]/.test(quoted) ? `\\${quoted}` : quoted))
}

function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char
}
