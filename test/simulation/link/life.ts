/** One history: an organisation, its link, three devices of two workers, a stock client, and somebody who flips rights. */
import { createMetrics } from '../../../sync-server/metrics.ts'
import { createLinks, type Links } from '../../../sync-server/link/links.ts'
import { createRate } from '../../../sync-server/gate/rate.ts'
import { createLogger } from '../../../sync-server/log.ts'
import { createSettlements } from '../../../sync-server/review/settlements.ts'
import {
  creation,
  type Harness,
  oak,
  openOrganisation,
  operator,
  ref,
  type Room,
} from '../../sync-server/gate/harness.ts'
import { Phone, type Post } from './phone.ts'
import type { Step } from './steps.ts'

const metrics = createMetrics()

export interface Rights {
  readonly edits: boolean
  readonly adds: boolean
}

export class Life {
  readonly harness: Harness
  readonly #links: Links
  readonly post: Post = { pushed: new Map(), answered: new Map() }
  readonly phones: readonly Phone[]
  readonly words: string[] = []
  readonly made: string[] = []
  /** What rhea may, by policy version. */
  readonly rights = new Map<number, Rights>()
  /** By quarantine id, what was refused to the stock client. */
  readonly refusedInRoom = new Set<string>()
  room: Room
  #typed = 0

  private constructor(harness: Harness, room: Room) {
    this.harness = harness
    this.room = room
    let ids = 0
    this.#links = createLinks({
      gate: harness.gate,
      policy: harness.policy,
      storage: harness.storage,
      history: 'history-1',
      isRestored: false,
      now: () => harness.clock.now,
      newId: () => `known-${++ids}`.padEnd(20, '-'),
      log: createLogger('silent'),
      metrics,
      settlements: createSettlements(),
      frameRate: createRate(0, () => harness.clock.now),
      foundRate: createRate(0, () => harness.clock.now),
      onSize: () => {},
      onWipeDue: async () => {},
      onWiped: async () => {},
    })
    this.phones = ['rhea', 'rhea', 'max'].map((id) => new Phone(id, this.#links, this.post))
    harness.gate.onCommitted(({ changes }) => {
      for (const { record, update, sessionId } of changes)
        if (update !== null && record.id === 'oak' && sessionId !== this.room.sessionId)
          this.room.receive(update)
    })
  }

  static async begin(): Promise<Life> {
    const harness = await openOrganisation()
    await harness.gate.submit(creation('account', 'ash', { name: 'Ash', 'repCodes/275': true }))
    const given = await harness.write(operator, ref('worker', 'rhea'), [
      { field: 'rights/SU-ALLOW-ACCOUNT-ADDS', value: true },
    ])
    if (given.type !== 'merged') throw new Error('the right was not given')
    const life = new Life(harness, await harness.room('rhea', oak))
    life.rights.set(harness.policy.directory.policyVersion, { edits: true, adds: true })
    for (const phone of life.phones) phone.open()
    await life.talk()
    return life
  }

  async end(): Promise<void> {
    for (const phone of this.phones) {
      phone.cut()
      phone.device.db.close()
    }
    await this.settle()
    await this.#links.close()
    await this.harness.close()
  }

  /** The server has done with everything that has reached it. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 4; turn++) {
      await this.harness.gate.idle()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Everybody talks until nobody has anything left to say. */
  async talk(): Promise<void> {
    for (let quiet = 0, rounds = 0; quiet < 3; rounds++) {
      if (rounds > 500) throw new Error('they talk for ever')
      let moved = false
      for (const phone of this.phones) {
        moved = (await phone.up(100)) || moved
        await this.settle()
        moved = (await phone.down(100)) || moved
        moved = (await phone.ring()) || moved
      }
      quiet = moved ? 0 : quiet + 1
    }
  }

  async act(step: Step): Promise<void> {
    if (step.do === 'flip') return await this.#flip(step.right, step.allow)
    if (step.do === 'room') return await this.#typeInRoom(step.value)
    if (step.do === 'settle') return await this.settle()
    const phone = this.phones[step.who]
    if (phone === undefined) return
    switch (step.do) {
      case 'edit':
        return await this.#edit(phone, step)
      case 'create': {
        if (phone.workerId !== 'rhea') return
        const id = `new-${this.made.length}`
        const made = await phone.device.create('account', id, { name: 'New', repCodes: ['275'] })
        if (made.type === 'saved') this.made.push(id)
        return
      }
      case 'up':
        await phone.up(step.count)
        return
      case 'down':
        await phone.down(step.count)
        return
      case 'open':
        return phone.open()
      case 'cut':
        return phone.cut()
      case 'kill':
        return phone.kill()
      case 'burn':
        return await this.#burn(phone)
      case 'back-up':
        return await phone.backUp()
      case 'restore':
        return this.#forget(await phone.restore())
    }
  }

  async #edit(phone: Phone, { target, field, value }: Extract<Step, { do: 'edit' }>): Promise<void> {
    const id = target === 'new' ? (this.made.at(-1) ?? 'oak') : target
    if (field !== 'notes' && field !== 'cut-notes') {
      await phone.device.edit('account', id, { [field]: String(value) })
      return
    }
    const notes = String((await phone.device.row('account', id))?.notes ?? '')
    const at = notes.length === 0 ? 0 : value % notes.length
    // One character each: nothing can be typed into the middle of it.
    const word = field === 'notes' ? String.fromCodePoint(0x4e00 + this.#typed++) : ''
    const kept = field === 'notes' ? at : at + 2
    const { type } = await phone.device.edit('account', id, {
      notes: notes.slice(0, at) + word + notes.slice(kept),
    })
    if (word !== '' && type === 'saved') this.words.push(word)
  }

  #forget(gone: string): void {
    this.words.splice(0, this.words.length, ...this.words.filter((word) => !gone.includes(word)))
  }

  async #typeInRoom(value: number): Promise<void> {
    const verdict = await this.room.edit((doc) => {
      const notes = doc.getText('text:notes')
      if (value % 3 === 0) doc.getMap('fields').set('phone', `room ${value}`)
      else notes.insert(Math.min(value, notes.length), '·')
    })
    if (verdict.type === 'merged') return
    if (verdict.type !== 'refused') throw new Error(`a stock client was answered ${JSON.stringify(verdict)}`)
    if (verdict.quarantine !== null) this.refusedInRoom.add(verdict.quarantine)
    this.room = await this.harness.room('rhea', oak)
  }

  async #flip(right: keyof Rights, allow: boolean): Promise<void> {
    const [record, write] =
      right === 'edits'
        ? [
            ref('group', 'sales-rep'),
            { field: 'features/SU-ALLOW-ACCOUNT-EDITS', value: allow ? 'allow' : 'deny' },
          ]
        : [ref('worker', 'rhea'), { field: 'rights/SU-ALLOW-ACCOUNT-ADDS', value: allow ? true : null }]
    const verdict = await this.harness.write(operator, record, [write])
    if (verdict.type !== 'merged') throw new Error(`a right could not be changed: ${JSON.stringify(verdict)}`)
    const before = [...this.rights.values()].at(-1) ?? { edits: true, adds: true }
    this.rights.set(this.harness.policy.directory.policyVersion, { ...before, [right]: allow })
  }

  async #burn(phone: Phone): Promise<void> {
    const device = await this.harness.storage.device(await phone.serverId())
    if (device === null) return
    const { id, workerId, lease } = device
    await this.harness.storage.saveLease({ clientId: lease, workerId, deviceId: id, burnt: true })
  }
}
