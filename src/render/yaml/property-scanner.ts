// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
import { isBlankOrEnd } from './characters.ts'
import { ScalarScanner } from './scalar-scanner.ts'
import { DocumentError } from './tokens.ts'

/** Anchors, aliases and tags, as libyaml scans them (go-yaml v2 2.4.3, scannerc.go). */
export class PropertyScanner extends ScalarScanner {
  protected scanAnchor(words: string): string {
    const start = this.position++
    const name = this.match(/[0-9A-Za-z_-]+/y)
    if (name === '' || !(isBlankOrEnd(this.code()) || '?:,]}%@`'.includes(this.text.charAt(this.position))))
      throw new DocumentError('did not find expected alphabetic or numeric character', this.position, {
        words,
        offset: start
      })
    return name
  }

  /** The full name of a tag: `!!str` becomes `tag:yaml.org,2002:str`. */
  protected scanTag(): string {
    const start = this.position
    const verbatim = this.match(/!</y) !== ''
    const handle = verbatim ? '' : this.match(/![0-9A-Za-z_-]*!|!/y)
    const suffix = decodeEscapes(this.match(/[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]*/y))
    const failed = (problem: string) =>
      new DocumentError(problem, this.position, { words: 'while scanning a tag', offset: start })
    if (suffix === undefined) throw failed('did not find URI escaped octet')
    if (suffix === '' && handle !== '!') throw failed('did not find expected tag URI')
    if (verbatim && this.match(/>/y) === '') throw failed("did not find the expected '>'")
    if (!isBlankOrEnd(this.code())) throw failed('did not find expected whitespace or line break')
    if (handle !== '' && handle !== '!' && handle !== '!!') throw failed('found undefined tag handle')
    return handle === '!!' ? `tag:yaml.org,2002:${suffix}` : handle + suffix
  }
}

function decodeEscapes(uri: string): string | undefined {
  if (!uri.includes('%')) return uri
  try {
    return decodeURIComponent(uri)
  } catch {
    return undefined
  }
}
