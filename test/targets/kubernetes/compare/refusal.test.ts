import { describe, expect, test } from 'vitest'
import { ApiError } from '../../../../src/targets/kubernetes/cluster.ts'
import { refusalOf } from '../../../../src/targets/kubernetes/compare/refusal.ts'

function invalid(...causes: [field: string, message: string][]): ApiError {
  return new ApiError(422, 'Invalid', `X "x" is invalid: ${causes.map((cause) => cause.join(': ')).join(', ')}`, {
    causes: causes.map(([field, message]) => ({ reason: 'FieldValueInvalid', field, message }))
  })
}

describe('refusalOf', () => {
  // Wordings of API server 1.36, and of common rules in definitions of custom resources.
  test.each<[string, ApiError]>([
    ['selector', invalid(['spec.selector', 'Invalid value: {"matchLabels":{"a":"b"}}: field is immutable'])],
    [
      'StatefulSet',
      invalid([
        'spec',
        "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template' are forbidden"
      ])
    ],
    ['clusterIP', invalid(['spec.clusterIPs[0]', 'Invalid value: ["10.0.0.2"]: may not change once set'])],
    [
      'claim',
      invalid([
        'spec',
        'Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'
      ])
    ],
    ['storage class', invalid(['parameters', 'Forbidden: updates to parameters are forbidden.'])],
    ['role reference', invalid(['roleRef', 'Invalid value: {"name":"y"}: cannot change roleRef'])],
    ['priority', invalid(['value', 'Forbidden: may not be changed in an update.'])],
    ['pod', invalid(['spec', 'Forbidden: pod updates may not change fields other than `spec.containers[*].image`'])],
    ['configuration', invalid(['data', 'Forbidden: field is immutable when `immutable` is set'])],
    ['custom resource', invalid(['spec.size', 'Invalid value: "string": Value is immutable'])]
  ])('a %s that cannot be changed in place', (_name, error) => {
    expect(refusalOf(error)).toMatchObject({
      type: 'immutable',
      reason: expect.stringContaining(error.causes[0]?.field ?? '?')
    })
  })

  test('quotes the rule, not the refused value', () => {
    const refusal = refusalOf(invalid(['spec.selector', 'Invalid value: {"a":"b"}: field is immutable']))
    expect(refusal).toEqual({
      type: 'immutable',
      reason: 'spec.selector cannot be changed in place (field is immutable)'
    })
  })

  test.each<[string, ApiError]>([
    ['an invalid value', invalid(['spec.replicas', 'Invalid value: -1: must be greater than or equal to 0'])],
    [
      'an invalid value beside an immutable one',
      invalid(['spec.selector', 'field is immutable'], ['spec.x', 'Required value'])
    ],
    ['a forbidden request', new ApiError(403, 'Forbidden', 'deployments.apps is forbidden: changes are immutable')],
    ['a policy', new ApiError(400, 'BadRequest', 'admission webhook "x" denied the request: no')]
  ])('%s is neither', (_name, error) => expect(refusalOf(error)).toEqual({ type: 'other' }))

  test('a webhook that takes no dry runs', () => {
    const error = new ApiError(400, 'BadRequest', 'admission webhook "a.example.com" does not support dry run')
    expect(refusalOf(error)).toEqual({ type: 'no-dry-run', reason: error.message })
  })
})
