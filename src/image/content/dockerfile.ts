/**
 * The images and downloads a Dockerfile takes from elsewhere by a name that can change its content: no digest, so
 * Git does not determine them and the content key does not cover them. In order, each once, as written after
 * substitution of build arguments.
 */
export function floatingSources(dockerfile: string, buildArgs: Readonly<Record<string, string>>): string[] {
  const found: string[] = []
  const stages = new Set<string>(['scratch'])
  const args = new Map<string, string>()
  const use = (reference: string): void => {
    const image = substitute(reference, args)
    const isStage = stages.has(image.toLowerCase()) || /^\d+$/.test(image)
    if (!isStage && !/@sha256:[0-9a-f]{64}$/.test(image) && !found.includes(image)) found.push(image)
  }
  const syntax = /^#\s*syntax\s*=\s*(\S+)/im.exec(dockerfile.slice(0, 1000))?.[1]
  if (syntax) use(syntax)
  let stagesSeen = 0
  for (const line of logicalLines(dockerfile)) {
    const [, instruction = '', rest = ''] = /^(\w+)\s+(.*)$/s.exec(line) ?? []
    const words = rest.split(/\s+/).filter((word) => word !== '')
    const flags = words.filter((word) => word.startsWith('--'))
    switch (instruction.toUpperCase()) {
      case 'ARG':
        // Only what stands before the first FROM reaches a FROM.
        if (stagesSeen === 0) for (const word of words) declare(word, args, buildArgs)
        break
      case 'FROM': {
        stagesSeen++
        const [image, as, name] = words.filter((word) => !word.startsWith('--'))
        if (image) use(image)
        if (name && as?.toUpperCase() === 'AS') stages.add(name.toLowerCase())
        break
      }
      case 'COPY':
      case 'ADD': {
        const from = flags.find((flag) => flag.startsWith('--from='))
        if (from) use(from.slice('--from='.length))
        const pinned = flags.some((flag) => flag.startsWith('--checksum='))
        if (instruction.toUpperCase() === 'ADD' && !pinned)
          for (const word of words.slice(0, -1)) if (/^(https?:\/\/|git@)/.test(word)) use(word)
        break
      }
      case 'RUN':
        for (const flag of flags) {
          const from = /^--mount=(?:.*,)?from=([^,]+)/.exec(flag)?.[1]
          if (from) use(from)
        }
        break
    }
  }
  return found
}

function declare(word: string, args: Map<string, string>, buildArgs: Readonly<Record<string, string>>): void {
  const equals = word.indexOf('=')
  const name = equals < 0 ? word : word.slice(0, equals)
  const fallback = equals < 0 ? undefined : unquote(word.slice(equals + 1))
  const value = buildArgs[name] ?? (fallback === undefined ? undefined : substitute(fallback, args))
  if (value !== undefined) args.set(name, value)
}

/** `$NAME`, `${NAME}`, `${NAME:-default}`; what is not known stays as written. */
function substitute(text: string, args: ReadonlyMap<string, string>): string {
  return unquote(text).replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (all, bare: string | undefined, braced: string | undefined, fallback: string | undefined) =>
      args.get(bare ?? braced ?? '') ?? fallback ?? all
  )
}

function unquote(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}

/** Instructions with their continuation lines joined; without comments and the bodies of heredocs. */
function* logicalLines(dockerfile: string): Generator<string> {
  const escapeMark = /^#\s*escape\s*=\s*`/im.test(dockerfile.slice(0, 1000)) ? '`' : '\\'
  const ends: string[] = []
  let pending = ''
  for (const raw of dockerfile.split(/\r?\n/)) {
    if (ends.length > 0) {
      if (raw.replace(/^\t+/, '') === ends[0]) ends.shift()
      continue
    }
    const line = raw.trim()
    if (line.startsWith('#') || (line === '' && pending !== '')) continue
    if (line.endsWith(escapeMark)) {
      pending += `${line.slice(0, -1)} `
      continue
    }
    const whole = (pending + line).trim()
    pending = ''
    if (whole === '') continue
    if (/^(run|copy|add)\s/i.test(whole))
      for (const [, , name] of whole.matchAll(/<<-?(["']?)(\w+)\1/g)) if (name) ends.push(name)
    yield whole
  }
  if (pending.trim() !== '') yield pending.trim()
}
