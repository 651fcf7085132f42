// Ported from go-yaml v2, which ported it from libyaml: see LICENSE.libyaml.
/** Character codes and classes of libyaml (yamlprivateh.go). A NUL ends the text; the reader lets no other one in. */

export const TAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SPACE = 0x20
export const DOUBLE_QUOTE = 0x22
export const HASH = 0x23
export const PERCENT = 0x25
export const AMPERSAND = 0x26
export const SINGLE_QUOTE = 0x27
export const ASTERISK = 0x2a
export const PLUS = 0x2b
export const COMMA = 0x2c
export const DASH = 0x2d
export const DOT = 0x2e
export const COLON = 0x3a
export const GREATER = 0x3e
export const QUESTION = 0x3f
export const AT = 0x40
export const BRACKET_OPEN = 0x5b
export const BACKSLASH = 0x5c
export const BRACKET_CLOSE = 0x5d
export const BACKTICK = 0x60
export const BRACE_OPEN = 0x7b
export const PIPE = 0x7c
export const BRACE_CLOSE = 0x7d
export const EXCLAMATION = 0x21

/** CR, LF and the breaks of YAML 1.1: NEL, LS, PS. */
export function isBreak(code: number): boolean {
  return code === LF || code === CR || code === 0x85 || code === 0x2028 || code === 0x2029
}

/** Space or tab. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB
}

/** Blank, break or the end. */
export function isBlankOrEnd(code: number): boolean {
  return code === SPACE || code === LF || code === 0 || code === TAB || isBreak(code)
}

export function isBreakOrEnd(code: number): boolean {
  return code === LF || code === 0 || isBreak(code)
}

/** What ends a plain scalar in a flow collection: `,` `?` `[` `]` `{` `}`. */
export function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA ||
    code === QUESTION ||
    code === BRACKET_OPEN ||
    code === BRACKET_CLOSE ||
    code === BRACE_OPEN ||
    code === BRACE_CLOSE
  )
}
