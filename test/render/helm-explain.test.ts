import { describe, expect, test } from 'vitest'
import { explainHelm } from '../../src/render/helm/explain.ts'

/** Messages of Helm 4.2.3 (captured) and, of the same errors, as Helm 3 words them. */
describe('what Helm says begins with the template and line', () => {
  test.each([
    [
      'Helm 4',
      'Error: web/templates/x.yaml:1:13\n  executing "web/templates/x.yaml" at <.Values.x.y>:\n    nil pointer evaluating interface {}.y\n\nUse --debug flag to render out invalid YAML\n'
    ],
    [
      'Helm 3',
      'Error: template: web/templates/x.yaml:1:13: executing "web/templates/x.yaml" at <.Values.x.y>: nil pointer evaluating interface {}.y\n\nUse --debug flag to render out invalid YAML\n'
    ]
  ])('%s', (_version, stderr) => {
    const error = explainHelm(stderr, 'charts/web')
    expect(error.message).toBe(
      'charts/web/templates/x.yaml:1:14: nil pointer evaluating interface {}.y (at .Values.x.y)'
    )
    expect(error.annotations[0]?.place).toEqual({ file: 'charts/web/templates/x.yaml', line: 1, column: 14 })
  })

  test.each([
    [
      'Helm 4',
      'Error: web/templates/x.yaml:1:6\n  executing "web/templates/x.yaml" at <include "h" .>:\n    error calling include:\nweb/templates/_h.tpl:2:10\n  executing "h" at <.Values.x.y>:\n    nil pointer evaluating interface {}.y\n'
    ],
    [
      'Helm 3',
      'Error: template: web/templates/x.yaml:1:6: executing "web/templates/x.yaml" at <include "h" .>: error calling include: template: web/templates/_h.tpl:2:10: executing "h" at <.Values.x.y>: nil pointer evaluating interface {}.y\n'
    ]
  ])('of %s, the innermost one', (_version, stderr) => {
    expect(explainHelm(stderr, '.').message).toBe(
      'templates/_h.tpl:2:11: nil pointer evaluating interface {}.y (at .Values.x.y)'
    )
  })

  test('of a subchart, its own', () => {
    const stderr = 'Error: execution error at (web/charts/cache/templates/s.yaml:3:4): give a size\n'
    expect(explainHelm(stderr, 'charts/web').message).toBe('charts/web/charts/cache/templates/s.yaml:3:5: give a size')
  })

  test.each([
    ['', 'charts/web: Helm failed without a reason.'],
    [
      'level=WARN msg="x"\nError: chart requires kubeVersion: >=1.99\n',
      'charts/web: chart requires kubeVersion: >=1.99'
    ],
    ['Error: one\ntwo\n', 'charts/web: one']
  ])('without a template, with the chart: %j', (stderr, message) => {
    expect(explainHelm(stderr, 'charts/web').message).toBe(message)
  })

  test.each([
    ['Get "http://127.0.0.1:40187/v2/": dial tcp 127.0.0.1:40187: connect: connection refused', /cannot be reached/],
    ['unexpected status from HEAD request to https://ghcr.io/v2/x: response status code 401: unauthorized', /Log in/],
    ['failed to fetch https://charts.example/x.tgz : 403 Forbidden, response status: 403', /Log in/],
    ['oci://ghcr.io/acme/x:1.0.0: not found', /name and the version/]
  ])('%s: what to do', (stderr, hint) => {
    expect(explainHelm(`Error: ${stderr}\n`, 'x').hint).toMatch(hint)
  })
})
