import { describe, expect, it } from 'vitest'
import { type EventLine, eventLines } from '../../../../src/targets/kubernetes/health/events.ts'
import { safeLine, safeLines } from '../../../../src/targets/kubernetes/health/text.ts'

describe('untrusted text', () => {
  it('loses what a terminal would interpret', () => {
    expect(safeLines('\u001b[31mred\u001b[0m\u001b]0;title\u0007 plain\u0000\u0008\r\n\tnext\u202e\n\n')).toEqual([
      'red plain',
      '  next'
    ])
  })

  it('is cut where a line is endless', () => {
    const [line = ''] = safeLines('x'.repeat(10_000))
    expect(line).toHaveLength(300)
    expect(line.endsWith('…')).toBe(true)
  })

  it('shows no value that must not be shown, also across escape sequences and lines', () => {
    const key = '-----BEGIN KEY-----\nabc\n-----END KEY-----'
    const lines = safeLines(`a hunter2 b hun\u001b[1mter2 c\n${key}\nab`, ['hunter2', key, 'ab'])
    expect(lines).toEqual(['a *** b *** c', '***', 'ab'])
    expect(safeLine('password is hunter2-and-more', ['hunter2', 'hunter2-and-more'])).toBe('password is ***')
  })
})

describe('events', () => {
  const event = (name: string, reason: string, message: string, count: number, last: number): EventLine => ({
    object: { kind: 'Pod', name, uid: name },
    type: 'Warning',
    reason,
    message,
    count,
    last
  })

  it('are counted where they are alike, the newest last', () => {
    const uid = '3cf9325e-f617-11e8-a057-fe5f49266390'
    const lines = eventLines([
      event('web-6d9f-aaaaa', 'BackOff', `Back-off restarting main in pod web-6d9f-aaaaa_shop(${uid})`, 4, 1),
      event('web-6d9f-aaaaa', 'Unhealthy', 'Readiness probe failed.', 1, 2),
      event('web-6d9f-bbbbb', 'BackOff', `Back-off restarting main in pod web-6d9f-bbbbb_shop(${uid})`, 3, 3)
    ])
    expect(lines).toEqual([
      'Pod web-6d9f-aaaaa: Unhealthy: Readiness probe failed',
      '2 Pods: BackOff: Back-off restarting main in pod web-6d9f-bbbbb_shop (7 times)'
    ])
  })

  it('are limited to the last ones', () => {
    const many = Array.from({ length: 30 }, (_, index) => event('p', `Reason${index}`, 'x', 1, index))
    const lines = eventLines(many, 5)
    expect(lines).toHaveLength(5)
    expect(lines.at(-1)).toBe('Pod p: Reason29: x')
  })
})
