import { expect, it } from 'vitest'
import { sumOf } from './requests.ts'

it('counts what a client asks for, not what controllers ask for all the time', () => {
  expect(
    sumOf(
      [
        '# HELP apiserver_request_total counts requests',
        'apiserver_request_total{code="200",resource="configmaps",verb="LIST"} 12',
        'apiserver_request_total{code="200",dry_run="All",resource="services",verb="APPLY"} 3',
        'apiserver_request_total{code="0",resource="pods",verb="WATCH"} 400',
        'apiserver_request_total{code="200",resource="leases",verb="PUT"} 70',
        'apiserver_request_duration_seconds_count{resource="configmaps",verb="LIST"} 12'
      ].join('\n')
    )
  ).toBe(15)
})
