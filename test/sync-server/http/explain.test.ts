/** GET /api/explain and GET /api/who: sentences, and nothing in them that their reader may not know. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../support/test-server.ts'

describe('explanations over HTTP', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await TestServer.start()
  })
  afterAll(() => server.close())

  const explain = async (worker: string, query: string) =>
    server.fetch(`/api/explain?${query}`, await server.signIn(worker))

  it('[P25] says in a sentence why an own edit is allowed, and why a field is not', async () => {
    const may = (await (
      await explain('rhea', 'action=edit&record=account/oak&field=phone')
    ).json()) as Record<string, unknown>
    const mayNot = (await (
      await explain('rhea', 'action=edit&record=account/oak&field=repCodes/999')
    ).json()) as Record<string, unknown>
    expect(may).toMatchObject({ outcome: 'allowed' })
    expect(mayNot).toMatchObject({ outcome: 'denied', reasons: [{ code: 'import-owned' }] })
    expect(String(mayNot.sentence)).toContain('Rep codes')
  })

  it('[R-15] of a new contact the right alone is asked: on which account it will hang is not known yet', async () => {
    const may = await explain('rhea', 'action=create&record=contact/new')
    expect(await may.json()).toMatchObject({ outcome: 'allowed' })
    const mayNot = await explain('rhea', 'action=edit&record=contact/new')
    expect(await mayNot.json()).toMatchObject({ reasons: [{ code: 'not-found-or-out-of-scope' }] })
  })

  it('[S9] a foreign record and a missing one are explained alike', async () => {
    const foreign = await (await explain('rhea', 'action=view&record=account/elm')).text()
    const missing = await (await explain('rhea', 'action=view&record=account/nix')).text()
    expect(foreign).toBe(missing)
    expect(JSON.parse(foreign)).toMatchObject({
      outcome: 'denied',
      reasons: [{ code: 'not-found-or-out-of-scope' }],
    })
  })

  it('about others only who manages workers may ask', async () => {
    const asked = 'worker=rhea&action=edit&record=account/oak'
    expect((await explain('eve', asked)).status).toBe(403)
    const answer = await explain('ada', asked)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ outcome: 'allowed' })
    expect((await explain('ada', 'worker=nobody&action=view&record=account/oak')).status).toBe(404)
  })

  it('who can see an account is told by name, and only to who sees it', async () => {
    const who = async (worker: string) =>
      server.fetch('/api/who?action=view&record=account/oak', await server.signIn(worker))
    const names = ((await (await who('rhea')).json()) as { items: { name: string }[] }).items.map(
      ({ name }) => name,
    )
    expect(names).toEqual(['Ada Adams', 'Max Meyer', 'Rhea Rossi'])
    expect((await who('eve')).status).toBe(404)
  })

  it('[P25] names who may change it, and what would make it allowed', async () => {
    const told = await (await explain('eve', 'action=create&record=account/new')).json()
    expect(told).toMatchObject({
      outcome: 'denied',
      change: 'Ada Adams can change this.',
      remedy: 'It takes a worker group that allows “Allow Account Adds”, or this right itself.',
    })
    const allowed = await (await explain('rhea', 'action=edit&record=account/oak&field=phone')).json()
    expect(allowed).toMatchObject({ outcome: 'allowed', change: null, remedy: null })
  })

  it('[S4] who sees the worker and the account is told what the one reaches and the other has', async () => {
    const told = await (await explain('ada', 'worker=rhea&action=edit&record=account/elm')).json()
    expect(told).toMatchObject({ outcome: 'denied', reasons: [{ code: 'out-of-scope', has: ['276'] }] })
    expect(String((told as { sentence: string }).sentence)).toContain('rep code 275')
    expect(await (await explain('rhea', 'action=edit&record=account/elm')).json()).toMatchObject({
      reasons: [{ code: 'not-found-or-out-of-scope' }],
    })
  })

  it('[P27] [S9] a hidden name and one that nobody has are answered alike, a seen one as itself', async () => {
    const byName = async (name: string) =>
      (await (await explain('rhea', `kind=account&name=${encodeURIComponent(name)}`)).text()).replaceAll(
        name,
        'NAME',
      )
    expect(await byName('Elm Inc')).toBe(await byName('No Such Shop'))
    expect(JSON.parse(await byName('Elm Inc'))).toMatchObject({
      outcome: 'denied',
      sentence:
        'Rhea Rossi may not see any account called “NAME”: there is none, or it lies outside what this login reaches ' +
        '(the accounts with rep code 275).',
    })
    expect(JSON.parse(await byName('oak ltd'))).toMatchObject({ outcome: 'allowed' })
    expect((await explain('rhea', 'kind=account&name=')).status).toBe(400)
    expect((await explain('rhea', 'kind=nothing&name=x')).status).toBe(400)
  })

  it('[S9] names of groups that the asker may not see are told in no answer about others', async () => {
    await server.change('worker', 'max', { rights: ['settings.workers'] })
    const asked = 'worker=rhea&action=edit&record=account/oak'
    expect(await (await explain('max', asked)).text()).not.toContain('Sales Rep')
    expect(await (await explain('ada', asked)).text()).toContain('Sales Rep')
    // One's own group, and what stands above it.
    expect(await (await explain('rhea', asked.replace('worker=rhea&', ''))).text()).toContain('Sales Rep')
    await server.change('worker', 'max', { rights: [] })
  })

  it('through what somebody can is told to who may see workers, and to nobody else', async () => {
    const who = async (worker: string) =>
      (await (
        await server.fetch('/api/who?action=view&record=account/oak', await server.signIn(worker))
      ).json()) as { items: { name: string; through?: string[] }[] }
    const rheas = (await who('ada')).items.find(({ name }) => name === 'Rhea Rossi')
    expect(rheas?.through).toContain('it lies within what this login reaches (rep code 275)')
    expect((await who('rhea')).items.every(({ through }) => through === undefined)).toBe(true)
  })
})
