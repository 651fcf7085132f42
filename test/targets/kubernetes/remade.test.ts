import { expect, test } from 'vitest'
import { remadeText } from '../../../src/targets/kubernetes/remade.ts'
import { liveObject } from './ownership/live.ts'

const DEPLOYED = '2026-11-30T10:00:00.500Z'
const MADE = '2026-11-30T11:00:00Z'

type Entry = Omit<Parameters<typeof liveObject>[1][number], 'fields'>

function text(entries: readonly Entry[], made = MADE, deployed: string | undefined = DEPLOYED) {
  const live = liveObject(
    {},
    entries.map((entry) => ({ ...entry, fields: {} }))
  )
  live.metadata['creationTimestamp'] = made
  return remadeText(live, deployed)
}

const OURS = { manager: 'gitops-actions', operation: 'Apply' as const, time: DEPLOYED }
const LABEL = { manager: 'kubectl-label', time: '2026-11-30T12:00:00Z' }

test('an object that somebody made after the deployment is not the one that was deployed', () => {
  expect(text([{ manager: 'kubectl-create', time: MADE }, LABEL])).toBe(
    'was deleted, and made anew by kubectl-create (2026-11-30 11:00 UTC), so nothing of it is owned by a deploy any more; healing takes it over'
  )
  // The tool that made it has written to it again since.
  expect(text([{ manager: 'kubectl', time: '2026-11-30T11:30:00Z' }])).toContain('by somebody (perhaps kubectl) (')
  expect(text([])).toContain('made anew by somebody (')
})

test('nothing says so of what is ours, older, or emptied of its owners', () => {
  expect(text([OURS, LABEL])).toBeUndefined()
  expect(text([LABEL], '2026-11-30T09:00:00Z')).toBeUndefined()
  expect(text([], '2026-11-30T10:00:00Z')).toBeUndefined()
  expect(text([{ manager: 'kubectl-create', time: MADE }], MADE, '')).toBeUndefined()
})
