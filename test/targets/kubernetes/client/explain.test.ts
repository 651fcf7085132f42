import { readFileSync } from 'node:fs'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { asString, at, parseJson } from '../../../../src/json.ts'
import { describeApiError, explainForbidden } from '../../../../src/targets/kubernetes/client/index.ts'
import { joinedRoles, rolesFor } from '../../../../src/targets/kubernetes/client/roles.ts'
import { statusError } from '../../../../src/targets/kubernetes/client/status.ts'
import { USER_AGENT } from '../../../../src/targets/kubernetes/client/user-agent.ts'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'

const forbidden = (message: string) => new ApiError(403, 'Forbidden', message)

// Messages captured from kube-apiserver 1.36.
const NAMESPACED =
  'deployments.apps "web" is forbidden: User "system:serviceaccount:ci:deployer" cannot patch resource "deployments" in API group "apps" in the namespace "shop"'
const CLUSTER =
  'namespaces "shop" is forbidden: User "jane@example.com" cannot get resource "namespaces" in API group "" at the cluster scope'

describe('a missing right', () => {
  test('comes with the Role that would give it', () => {
    const found = explainForbidden(forbidden(NAMESPACED))
    expect(found).toMatchObject({
      user: 'system:serviceaccount:ci:deployer',
      verb: 'patch',
      group: 'apps',
      resource: 'deployments',
      namespace: 'shop'
    })
    const [role, binding] = loadAll(found?.role ?? '')
    const name = asString(at(role, 'metadata', 'name')) ?? ''
    expect(name).toMatch(/^gitops-actions-[0-9a-f]{8}$/)
    expect([role, binding]).toEqual([
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name, namespace: 'shop' },
        rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list', 'watch', 'create', 'patch'] }]
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name, namespace: 'shop' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }]
      }
    ])
  })

  test('never comes with a Role that replaces an earlier one, or that of another user', () => {
    const names = [
      NAMESPACED,
      NAMESPACED.replace('patch', 'delete'),
      NAMESPACED.replaceAll('deployments', 'daemonsets'),
      NAMESPACED.replace(':deployer', ':other'),
      CLUSTER
    ].map((message) => at(loadAll(explainForbidden(forbidden(message))?.role ?? '')[0], 'metadata', 'name'))
    expect(new Set(names).size).toBe(names.length)
  })

  test('of several kinds comes in one Role', () => {
    const need = { user: 'jane', verb: 'list', group: '', resource: 'pods', namespace: 'shop' }
    const roles = loadAll(
      rolesFor([
        need,
        { ...need, verb: 'patch' },
        { ...need, resource: 'pods/log', verb: 'get' },
        { ...need, verb: 'delete' }
      ])
    )
    expect(roles).toHaveLength(2)
    const texts = ['list', 'patch', 'list'].map((verb) => rolesFor([{ ...need, verb }]))
    expect(loadAll(joinedRoles(texts))).toHaveLength(2)
    expect(joinedRoles([rolesFor([need])])).toBe(rolesFor([need]))
    expect(loadAll(joinedRoles([...texts, rolesFor([{ ...need, namespace: undefined }])]))).toHaveLength(4)
    expect(at(roles[0], 'rules')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }
    ])
  })

  test('in the whole cluster needs a ClusterRole', () => {
    const error = describeApiError(forbidden(CLUSTER), 'Reading Namespace shop')
    expect(error.message).toBe(
      'Reading Namespace shop: the user "jane@example.com" may not get namespaces in the whole cluster.'
    )
    const [role, binding] = loadAll(error.hint?.replace('This would allow it:\n', '') ?? '')
    expect(at(role, 'kind')).toBe('ClusterRole')
    expect(at(binding, 'subjects')).toEqual([
      { kind: 'User', name: 'jane@example.com', apiGroup: 'rbac.authorization.k8s.io' }
    ])
  })

  test('is not what an admission plugin or a quota says', () => {
    expect(
      explainForbidden(forbidden('pods "a" is forbidden: violates PodSecurity "restricted:latest"'))
    ).toBeUndefined()
    expect(explainForbidden(new ApiError(404, 'NotFound', NAMESPACED))).toBeUndefined()
  })
})

test.each([
  [
    'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
    403,
    'Applying: the namespace "shop" is being deleted.',
    'finalizer'
  ],
  [
    'failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .dataa: field not declared in schema',
    500,
    '.dataa: field not declared',
    'spelling'
  ],
  ['pods "a" is forbidden: exceeded quota: small, requested: cpu=2', 403, 'exceeded quota', 'ResourceQuota'],
  [
    'Internal error occurred: failed calling webhook "v.example.com": connection refused',
    500,
    'failed calling webhook',
    'pods behind its Service'
  ],
  [
    'forbidden: User "system:anonymous" cannot get path "/api"',
    403,
    'the user "system:anonymous" may not get /api',
    'no credentials'
  ],
  ['forbidden: User "ci" cannot get path "/api"', 403, 'the user "ci" may not get /api', 'system:discovery'],
  ['etcdserver: request is too large', 413, 'too large', 'split it'],
  [
    'Job.batch "a" is invalid: spec.template: Invalid value: field is immutable',
    422,
    'field is immutable',
    'deleted and created again'
  ]
])('%s', (message, code, expected, hint) => {
  const error = describeApiError(new ApiError(code, '', message), 'Applying')
  expect(error.message).toContain(expected)
  expect(error.hint).toContain(hint)
})

test('several causes are told one by one', () => {
  const status = {
    kind: 'Status',
    code: 422,
    reason: 'Invalid',
    message: 'Deployment.apps "a" is invalid: [spec.x: Required value, spec.y: Invalid value: 3]',
    details: {
      causes: [
        { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.x' },
        { reason: 'FieldValueInvalid', message: 'Invalid value: 3', field: 'spec.y' }
      ],
      retryAfterSeconds: 3
    }
  }
  const error = statusError(status)
  expect(error).toMatchObject({ code: 422, reason: 'Invalid', retryAfterSeconds: 3 })
  expect(describeApiError(error, 'Applying Deployment shop/a').details).toEqual([
    'spec.x: Required value',
    'spec.y: Invalid value: 3'
  ])
})

test('the User-Agent says the version of the package', () => {
  const packageJson = parseJson(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
  expect(USER_AGENT).toBe(`gitops-actions/${asString(at(packageJson, 'version'))}`)
})
