/**
 * One socket in one room, speaking plain y-websocket (DESIGN 8, Rooms).
 *
 * Frames are taken one after the other. Updates go to the gate in order without waiting for each other's verdicts; the
 * gate judges nothing that follows a refusal (GATE 19). Until the socket's step 2 has come they do wait, because those
 * that run ahead of the record are held: what they build on may be part of step 2 (GATE 17).
 */
import type { Fault } from '../../core/documents/types.ts'
import { differenceSince, isEmptyUpdate, stateVectorOf } from '../../core/documents/difference.ts'
import { ROOM_HELD_BYTES_MAX, ROOM_HELD_MS } from '../../core/protocol/limits.ts'
import type { Gate, Verdict } from '../gate/types.ts'
import type { Rate } from '../gate/rate.ts'
import type { Metrics } from '../metrics.ts'
import type { Logger } from '../log.ts'
import { closeCodes } from './close-codes.ts'
import { type Frame, permissionDeniedFrame, readFrame, step1Frame, step2Frame } from './frames.ts'
import { type PresenceEntry, readPresence } from './presence.ts'
import type { Member, PublishedChange, Room } from './room.ts'
import type { Socket } from './socket.ts'

export interface RoomSessionDependencies {
  readonly gate: Gate
  readonly metrics: Pick<Metrics, 'updates' | 'verdictSeconds'>
  readonly log: Logger
  /** Presence messages, by socket. */
  readonly presenceRate: Rate
  /** Frames of any sort, by socket: far above what honest clients send. */
  readonly frameRate: Rate
  readonly nameOf: (workerId: string) => string
  /** Takes messages of ours; null in every room but the worker's own desk. */
  readonly takeOurs: ((frame: Frame & { readonly type: 'ours' }) => void) | null
}

/** Bytes of frames that wait for their turn before the socket is not read any more, in bytes. */
const WAITING_BYTES_MAX = 1024 * 1024

/** Updates of one socket that may be at the gate at the same time: enough to share a sync to disk. */
const AT_THE_GATE_MAX = 64

/** Faults that a step 2 which is still to come may mend. */
const aheadFaults: ReadonlySet<Fault | 'edit-id-reused'> = new Set<Fault>([
  'clock-gap',
  'origin-missing',
  'delete-missing',
])

export function beginRoomSession(socket: Socket, room: Room, deps: RoomSessionDependencies): void {
  const { gate, metrics, log } = deps
  const { workerId } = socket.session
  const present = {
    id: socket.id,
    sessionId: socket.session.id,
    worker: { id: workerId, name: deps.nameOf(workerId) },
  }

  let waiting: Frame[] = []
  let waitingBytes = 0
  let isWorking = false
  let hasStep2 = false
  let held: Uint8Array[] = []
  let heldBytes = 0
  let heldTimer: NodeJS.Timeout | null = null
  /** Updates at the gate with their answers, in order. */
  const atTheGate = new Map<Uint8Array, Promise<Verdict>>()
  /** Changes that commits bring while the state for a step 2 is read; null when none is. */
  let behind: PublishedChange[] | null = null
  let latestPresence: readonly PresenceEntry[] | null = null
  let presenceTimer: NodeJS.Timeout | null = null

  const member: Member = {
    workerId,
    deliver(change) {
      if (behind !== null) behind.push(change)
      else sendChange(change)
    },
    lose: () => socket.close(closeCodes.unreadable, 'not-found'),
    send: (bytes) => socket.send(bytes),
  }

  room.members.add(member)
  socket.onFrame(take)
  socket.onGone(leave)
  const everybody = room.awareness.everybody()
  if (everybody !== null) socket.send(everybody)
  void work(greet)

  async function greet(): Promise<void> {
    socket.send(step1Frame(stateVectorOf((await room.committedState()).state)))
  }

  function take(bytes: Uint8Array | null): void {
    if (deps.frameRate.take(socket.id) > 0) return socket.close(closeCodes.tooMany, 'too-many-frames')
    const frame = bytes === null ? null : readFrame(bytes)
    if (frame === null) return socket.close(closeCodes.violation, 'malformed')
    if (frame.type === 'presence') return takePresence(frame.entries)
    if (frame.type === 'query-presence') {
      const entries = room.awareness.everybody()
      if (entries !== null) socket.send(entries)
      return
    }
    if (frame.type === 'ours') {
      if (deps.takeOurs === null) return socket.close(closeCodes.violation, 'unknown-message')
      return deps.takeOurs(frame)
    }
    waiting.push(frame)
    waitingBytes += bytes?.length ?? 0
    if (waitingBytes > WAITING_BYTES_MAX) socket.setPaused(true)
    if (!isWorking) void work(takeWaiting)
  }

  /** Runs one piece of asynchronous work at a time; what came in meanwhile follows. */
  async function work(piece: () => Promise<void>): Promise<void> {
    isWorking = true
    try {
      await piece()
      await takeWaiting()
    } catch (error) {
      fail(error)
    } finally {
      isWorking = false
    }
  }

  function fail(error: unknown): void {
    log.error({ err: error, record: room.key }, 'a room could not go on')
    socket.close(closeCodes.tryAgainLater, 'server-error')
  }

  async function takeWaiting(): Promise<void> {
    for (let next = 0; next < waiting.length; next++) {
      const frame = waiting[next]
      if (!socket.isHeard) break
      if (frame?.type === 'step-1') await answerStep1(frame.stateVector)
      else if (frame?.type === 'step-2') await takeStep2(frame.update)
      else if (frame?.type === 'update' && hasStep2) await passOn(frame.update)
      else if (frame?.type === 'update') await takeEarlyUpdate(frame.update)
    }
    waiting = []
    waitingBytes = 0
    if (socket.isOpen) socket.setPaused(false)
  }

  async function answerStep1(stateVector: Uint8Array): Promise<void> {
    behind = []
    const { seq, state } = await room.committedState()
    const missed = behind
    behind = null
    const difference = differenceSince(state, stateVector)
    if (difference === null) return socket.close(closeCodes.violation, 'malformed')
    // INVARIANT: no await between reading the state and here, so that nothing lies between it and what follows.
    if (room.members.has(member)) socket.send(step2Frame(difference))
    for (const change of missed) if (change.seq > seq) sendChange(change)
  }

  function sendChange({ sessionId, update, frame }: PublishedChange): void {
    // Its own edit comes back only where the gate put something else in its place.
    if (sessionId !== socket.id || !isAtTheGate(update)) socket.send(frame)
  }

  function isAtTheGate(update: Uint8Array): boolean {
    // Nearly always the very bytes that came in.
    if (atTheGate.has(update)) return true
    for (const sent of atTheGate.keys()) if (sameBytes(sent, update)) return true
    return false
  }

  async function takeStep2(update: Uint8Array): Promise<void> {
    await Promise.all(atTheGate.values())
    const verdict = isEmptyUpdate(update) ? null : await submit(update)
    if (verdict !== null && !act(verdict)) return
    hasStep2 = true
    if (heldTimer !== null) clearTimeout(heldTimer)
    const ready = held
    held = []
    for (const heldUpdate of ready) if (!act(await submit(heldUpdate))) return
  }

  /** Waits only when there is too much at the gate already. */
  async function passOn(update: Uint8Array): Promise<void> {
    if (isEmptyUpdate(update)) return
    if (atTheGate.size >= AT_THE_GATE_MAX) await atTheGate.values().next().value
    submit(update).then(act).catch(fail)
  }

  async function takeEarlyUpdate(update: Uint8Array): Promise<void> {
    if (isEmptyUpdate(update)) return
    const verdict = await submit(update)
    if (verdict.type === 'violation' && aheadFaults.has(verdict.fault)) hold(update, verdict.fault)
    else act(verdict)
  }

  function hold(update: Uint8Array, fault: string): void {
    held.push(update)
    heldBytes += update.length
    if (heldBytes > ROOM_HELD_BYTES_MAX) return socket.close(closeCodes.violation, fault)
    heldTimer ??= setTimeout(() => socket.close(closeCodes.violation, fault), ROOM_HELD_MS)
  }

  function submit(update: Uint8Array): Promise<Verdict> {
    const stop = metrics.verdictSeconds.startTimer()
    const answered = gate
      .submit({
        type: 'update',
        author: { type: 'worker', workerId },
        via: 'room',
        record: room.ref,
        creates: !room.exists,
        update,
        sessionId: socket.id,
        edit: null,
      })
      .then((verdict) => {
        atTheGate.delete(update)
        stop()
        metrics.updates.inc({ verdict: verdict.type })
        return verdict
      })
    atTheGate.set(update, answered)
    return answered
  }

  /** What the verdict means for the socket. True when it may go on. */
  function act(verdict: Verdict): boolean {
    switch (verdict.type) {
      case 'merged':
        return true
      case 'refused':
        socket.send(permissionDeniedFrame(verdict.sentence))
        socket.close(closeCodes.refused, verdict.reasons[0]?.code ?? 'refused')
        return false
      case 'violation':
        socket.close(closeCodes.violation, verdict.fault)
        return false
      case 'unreadable':
        socket.close(closeCodes.unreadable, 'not-found')
        return false
      case 'later':
        // A stock client comes back after 1013, and offers in its step 2 what was not judged (D23).
        if (verdict.isOurFault) socket.close(closeCodes.tryAgainLater, 'server-error')
        else socket.close(closeCodes.tooMany, 'too-many-updates')
        return false
    }
  }

  function takePresence(bytes: Uint8Array): void {
    const entries = readPresence(bytes)
    if (entries === null) return socket.close(closeCodes.violation, 'malformed')
    const told = entries.filter(({ clientId }) => room.awareness.mayTake(present, clientId))
    if (told.length === 0) return
    latestPresence = told
    if (presenceTimer !== null) return
    const waitMs = deps.presenceRate.take(socket.id)
    if (waitMs === 0) tellPresence()
    else presenceTimer = setTimeout(tellPresence, waitMs)
  }

  /** The latest one only: what was overtaken while waiting is told to nobody. */
  function tellPresence(): void {
    presenceTimer = null
    const entries = latestPresence
    latestPresence = null
    if (entries !== null && room.members.has(member)) room.sendToAll(room.awareness.take(present, entries))
  }

  function leave(): void {
    room.members.delete(member)
    held = []
    if (heldTimer !== null) clearTimeout(heldTimer)
    if (presenceTimer !== null) clearTimeout(presenceTimer)
    room.sendToAll(room.awareness.leave(present))
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0
}
