import { describe, expect, test } from 'vitest'
import {
  demoLogins,
  finishSignOut,
  forgetWiped,
  signedInHere,
  signIn,
  signOut,
  wasWiped,
} from '../../../client/sync/session.ts'

class Store {
  readonly held = new Map<string, string>()
  getItem = (key: string) => this.held.get(key) ?? null
  setItem = (key: string, value: string) => void this.held.set(key, value)
  removeItem = (key: string) => void this.held.delete(key)
}

const worker = { id: 'rhea', username: 'rhea', name: 'Rhea Rossi' }
const answering =
  (status: number, body: unknown, headers = {}) =>
  () =>
    Promise.resolve(new Response(body === null ? null : JSON.stringify(body), { status, headers }))
const offline = () => Promise.reject(new TypeError('no network'))

describe('the session on this device', () => {
  test('[GATE 35] keeps who signed in, and no token', async () => {
    const store = new Store()
    const fetch = answering(200, { token: 'secret-token', expiresAt: '2026-01-01T00:00:00.000Z', worker })
    expect(await signIn({ fetch, store }, 'rhea', 'a long password')).toEqual({ type: 'signed-in', worker })
    expect(signedInHere(store)).toEqual(worker)
    expect(JSON.stringify([...store.held])).not.toContain('secret-token')
    expect(JSON.stringify([...store.held])).not.toContain('password')
  })

  test('says whether it was wrong, too often, or out of reach', async () => {
    const store = new Store()
    expect(await signIn({ fetch: answering(401, { detail: 'No.' }), store }, 'a', 'b')).toEqual({
      type: 'wrong',
      detail: 'No.',
    })
    const often = answering(429, {}, { 'retry-after': '30' })
    expect(await signIn({ fetch: often, store }, 'a', 'b')).toEqual({ type: 'wait', seconds: 30 })
    expect(await signIn({ fetch: offline, store }, 'a', 'b')).toEqual({ type: 'offline' })
    expect(signedInHere(store)).toBeNull()
  })

  test('opens without a network, and not with what is no worker', () => {
    const store = new Store()
    store.setItem('ambit.worker', '{"id":5}')
    expect(signedInHere(store)).toBeNull()
    store.setItem('ambit.worker', 'nonsense')
    expect(signedInHere(store)).toBeNull()
  })

  test('[L16] a worker whose data was wiped is forgotten, and the sign-in says so until the next one', async () => {
    const store = new Store()
    store.setItem('ambit.worker', JSON.stringify(worker))
    expect(wasWiped(store)).toBeNull()
    forgetWiped(store, 'worker')
    expect(signedInHere(store)).toBeNull()
    expect(wasWiped(store)).toBe('worker')
    // Written by a version that knew only one sort of it.
    store.setItem('ambit.wiped', 'yes')
    expect(wasWiped(store)).toBe('worker')
    forgetWiped(store, 'device')
    expect(wasWiped(store)).toBe('device')
    const fetch = answering(200, { token: 't', expiresAt: '2026-01-01T00:00:00.000Z', worker })
    await signIn({ fetch, store }, 'rhea', 'a long password')
    expect(wasWiped(store)).toBeNull()
  })

  test('signing out without a network is finished when there is one', async () => {
    const store = new Store()
    store.setItem('ambit.worker', JSON.stringify(worker))
    await signOut({ fetch: offline, store })
    expect(signedInHere(store)).toBeNull()
    const asked: unknown[] = []
    const fetch = (path: unknown) => {
      asked.push(path)
      return Promise.resolve(new Response(null, { status: 204 }))
    }
    await finishSignOut({ fetch, store })
    await finishSignOut({ fetch, store })
    expect(asked).toEqual(['/api/logout'])
  })

  test('shows demo logins where there are any', async () => {
    const logins = [{ username: 'ada', password: 'x', role: 'Administrator' }]
    expect(await demoLogins({ fetch: answering(200, { logins }) })).toEqual(logins)
    expect(await demoLogins({ fetch: answering(404, {}) })).toEqual([])
    expect(await demoLogins({ fetch: offline })).toEqual([])
  })
})
