/** The order of a device's pushes, with a gate that answers when the test says so (L2, D13). */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { makeDirectory } from '../../../core/access/directory.ts'
import { shippedCatalogue } from '../../../core/catalogue/features.ts'
import { authorUpdate } from '../../../core/documents/author-change.ts'
import { openDocument } from '../../../core/documents/open-document.ts'
import { PUSHES_IN_FLIGHT_MAX } from '../../../core/protocol/limits.ts'
import type { Push } from '../../../core/protocol/push.ts'
import type { VerdictMessage } from '../../../core/protocol/verdict.ts'
import type { Submission, Verdict } from '../../../sync-server/gate/types.ts'
import { createPushes, type Pushes } from '../../../sync-server/link/take-push.ts'
import { createMetrics } from '../../../sync-server/metrics.ts'
import type { Device, Lease } from '../../../sync-server/storage/storage.ts'

let device: Device
let pushes: Pushes
let leases: Map<number, Lease>
const answers: VerdictMessage[] = []
const atTheGate: { submission: Submission; answer: (verdict: Verdict) => void }[] = []

beforeEach(() => {
  answers.length = 0
  atTheGate.length = 0
  leases = new Map([[1, { clientId: 1, workerId: 'rhea', deviceId: 'phone', burnt: false }]])
  device = {
    id: 'phone',
    workerId: 'rhea',
    secretHash: '',
    lease: 1,
    confirmed: null,
    createdAt: 0,
    seenAt: 0,
  }
  let nextClient = 2
  pushes = createPushes(
    {
      storage: {
        leases: async (ids) =>
          new Map(ids.flatMap((id) => (leases.has(id) ? [[id, leases.get(id) as Lease]] : []))),
        saveLease: async (lease) => void leases.set(lease.clientId, lease),
        verdict: async () => null,
        settle: async () => false,
      },
      gate: {
        submit: (submission) => new Promise((answer) => atTheGate.push({ submission, answer })),
      },
      policy: { directory: makeDirectory(shippedCatalogue, [], [], 0) },
      now: () => 0,
      newClientId: () => nextClient++,
      metrics: createMetrics(),
    },
    {
      sessionId: 'socket',
      device: () => device,
      changeLease: async (lease) => {
        device = { ...device, lease }
      },
      answer: (verdict) => void answers.push(verdict),
    },
  )
})

const merged: Verdict = { type: 'merged', seq: 1, changes: [] }
const violation: Verdict = { type: 'violation', fault: 'clock-gap' }
const later: Verdict = { type: 'later', afterMs: 500 }

function push(
  record: string,
  { creates = false, lease = 1 } = {},
): { readonly body: Push; readonly update: Uint8Array } {
  const { update } = authorUpdate(openDocument(), lease, [{ field: 'phone', value: '1' }])
  const body: Push = {
    edit: randomUUID(),
    record: { kind: 'account', id: record },
    creates,
    changes: [],
    writtenAt: 0,
    policyVersion: 0,
    lastRefusal: null,
    replaces: null,
  }
  pushes.take(body, update)
  return { body, update }
}

/** The gate answers what waits there, first come first served. */
async function answer(...verdicts: Verdict[]): Promise<void> {
  for (const verdict of verdicts) atTheGate.shift()?.answer(verdict)
  await new Promise((resolve) => setImmediate(resolve))
}

const outcomes = () => answers.map(({ outcome }) => outcome)

describe('later', () => {
  it('is the answer to what is too much, and what follows on that record waits for it; other records go on', async () => {
    for (let n = 0; n < PUSHES_IN_FLIGHT_MAX; n++) push('oak')
    const tooMany = push('oak')
    expect(outcomes()).toEqual(['later'])
    await answer(...Array<Verdict>(PUSHES_IN_FLIGHT_MAX).fill(merged))
    push('oak')
    expect(outcomes().at(-1)).toBe('later')
    push('ash')
    pushes.take(tooMany.body, tooMany.update)
    push('oak')
    expect(atTheGate).toHaveLength(3)
    await answer(merged, merged, merged)
    expect(outcomes().slice(-3)).toEqual(['merged', 'merged', 'merged'])
  })

  it('from the gate makes a violation behind it later too: it only ran ahead', async () => {
    push('oak')
    push('oak')
    await answer(later, violation)
    expect(outcomes()).toEqual(['later', 'later'])
    expect(device.lease).toBe(1)
  })

  it('of a creation keeps later creations back, which may name it, and no edits of other records', async () => {
    const account = push('new', { creates: true })
    await answer(later)
    push('dependant', { creates: true })
    expect(outcomes()).toEqual(['later', 'later'])
    push('oak')
    expect(atTheGate).toHaveLength(1)
    await answer(merged)
    pushes.take(account.body, account.update)
    push('dependant', { creates: true })
    expect(atTheGate).toHaveLength(2)
  })
})

describe('a violation', () => {
  it('burns once for all that were on the way, and not again for what comes behind under the old lease', async () => {
    push('oak')
    push('ash')
    await answer(violation, violation)
    expect(outcomes()).toEqual(['rewrite', 'rewrite'])
    expect(device.lease).toBe(2)
    expect(leases.get(1)).toMatchObject({ burnt: true })

    push('elm', { lease: 1 })
    await answer(violation)
    expect(answers.at(-1)).toMatchObject({ outcome: 'rewrite', lease: 2 })
    expect(device.lease).toBe(2)

    push('elm', { lease: 2 })
    await answer(violation)
    expect(answers.at(-1)).toMatchObject({ outcome: 'rewrite', lease: 3 })
  })
})

it('idle waits for the last answer', async () => {
  push('oak')
  let isIdle = false
  const idle = pushes.idle().then(() => {
    isIdle = true
  })
  await Promise.resolve()
  expect(isIdle).toBe(false)
  await answer(merged)
  await idle
  expect(outcomes()).toEqual(['merged'])
})
