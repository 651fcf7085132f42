import { randomUUID } from 'node:crypto'
import { driftedProperties, liveStates, text } from './compare.ts'
import { LIVE_TYPES } from './live.ts'
import { type Answer, validationError } from './protocol.ts'
import type { Region } from './region.ts'
import type { KeptStack } from './world.ts'

/** Looks that a detection takes. */
const LOOKS = 2

interface Detection {
  readonly id: string
  readonly stack: KeptStack
  readonly started: Date
  looks: number
  drifts: Answer[] | undefined
  status: 'DETECTION_IN_PROGRESS' | 'DETECTION_COMPLETE' | 'DETECTION_FAILED'
  drifted: number
}

/** Classic drift detection: what differs is read from the services themselves. */
export class DriftDetections {
  readonly #all = new Map<string, Detection>()
  /** Why a resource cannot be compared, by logical id. */
  readonly blind = new Map<string, string>()

  start(stack: KeptStack): string {
    for (const one of this.#all.values())
      if (one.stack.id === stack.id && one.status === 'DETECTION_IN_PROGRESS')
        throw validationError(`Drift detection is already in progress for stack ${stack.name}`)
    const id = randomUUID()
    this.#all.set(id, {
      id,
      stack,
      started: new Date(),
      looks: 0,
      drifts: undefined,
      status: 'DETECTION_IN_PROGRESS',
      drifted: 0
    })
    return id
  }

  async describe(id: string, region: Region): Promise<Answer> {
    const one = this.#all.get(id)
    if (!one) throw validationError(`DriftDetectionId ${id} does not exist`)
    one.looks += 1
    if (one.looks >= LOOKS && one.status === 'DETECTION_IN_PROGRESS') await this.#finish(one, region)
    return {
      StackId: one.stack.id,
      StackDriftDetectionId: id,
      DetectionStatus: one.status,
      DetectionStatusReason:
        one.status === 'DETECTION_FAILED' ? 'Failed to detect drift on some resources.' : undefined,
      StackDriftStatus: one.status === 'DETECTION_IN_PROGRESS' ? undefined : one.drifted > 0 ? 'DRIFTED' : 'IN_SYNC',
      DriftedStackResourceCount: one.status === 'DETECTION_IN_PROGRESS' ? undefined : one.drifted,
      Timestamp: one.started
    }
  }

  /** What the last detection of a stack found. */
  drifts(stack: KeptStack): readonly Answer[] {
    return [...this.#all.values()].findLast((one) => one.stack.id === stack.id && one.drifts)?.drifts ?? []
  }

  status(stack: KeptStack): Answer {
    const last = [...this.#all.values()].findLast((one) => one.stack.id === stack.id && one.drifts)
    if (!last) return { StackDriftStatus: 'NOT_CHECKED' }
    return { StackDriftStatus: last.drifted > 0 ? 'DRIFTED' : 'IN_SYNC', LastCheckTimestamp: last.started }
  }

  async #finish(one: Detection, region: Region): Promise<void> {
    const live = await liveStates(one.stack, region.moto)
    one.drifts = []
    for (const [id, kept] of one.stack.resources) {
      const base = {
        StackId: one.stack.id,
        LogicalResourceId: id,
        PhysicalResourceId: kept.physicalId,
        ResourceType: kept.type,
        Timestamp: new Date()
      }
      const why = this.blind.get(id)
      const state = live.get(id)
      // Types that drift detection does not know are not reported at all, nested stacks only as such.
      if (why !== undefined) one.drifts.push({ ...base, StackResourceDriftStatus: 'UNKNOWN', DriftStatusReason: why })
      else if (!LIVE_TYPES[kept.type] || !state) one.drifts.push({ ...base, StackResourceDriftStatus: 'UNSUPPORTED' })
      else if (state.properties === undefined) {
        one.drifted += 1
        one.drifts.push({
          ...base,
          StackResourceDriftStatus: 'DELETED',
          ExpectedProperties: JSON.stringify(kept.properties)
        })
      } else {
        const { properties } = state
        const names = driftedProperties(kept.properties, properties)
        if (names.length > 0) one.drifted += 1
        one.drifts.push({
          ...base,
          StackResourceDriftStatus: names.length > 0 ? 'MODIFIED' : 'IN_SYNC',
          ExpectedProperties: JSON.stringify(kept.properties),
          ActualProperties: JSON.stringify(properties),
          PropertyDifferences: names.map((name) => ({
            PropertyPath: `/${name}`,
            ExpectedValue: text(kept.properties[name]) ?? 'null',
            ActualValue: text(properties[name]) ?? 'null',
            DifferenceType: 'NOT_EQUAL'
          }))
        })
      }
    }
    one.status = this.blind.size > 0 ? 'DETECTION_FAILED' : 'DETECTION_COMPLETE'
  }
}
