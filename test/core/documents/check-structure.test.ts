/** CRDT inputs 15 to 31 of the list of hostile inputs, as far as structure is concerned; each beside its honest twin. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { checkStructure } from '../../../core/documents/check-structure.ts'
import { encodeUpdate, fillerUpdate } from '../../../core/documents/encode-update.ts'
import { parseUpdate } from '../../../core/documents/parse-update.ts'
import type { ParsedContent, ParsedStruct, ParsedUpdate, StructId } from '../../../core/documents/types.ts'
import { UPDATE_CLOCK_ADVANCE_MAX, UPDATE_SCAN_ITEMS_MAX } from '../../../core/protocol/limits.ts'
import { kindSpecs } from '../../../core/records/registry.ts'
import { copyOf, docOf, parsed, spec, updateOf } from './devices.ts'

const rhea = 7
const max = 9

const id = (client: number, clock: number): StructId => ({ client, clock })
const any = (value: string | number | null): ParsedContent => ({ type: 'any', values: [value] })
const string = (text: string): ParsedContent => ({ type: 'string', text })

interface Place {
  readonly origin?: StructId
  readonly rightOrigin?: StructId
  readonly root?: string
  readonly key?: string
}

/** An update written by hand, which Yjs would not write. */
function edit(client: number, clock: number, ...items: [Place, ParsedContent][]): ParsedUpdate {
  const structs: ParsedStruct[] = []
  let next = clock
  for (const [{ origin = null, rightOrigin = null, root, key }, content] of items) {
    const length =
      content.type === 'any'
        ? content.values.length
        : content.type === 'string'
          ? content.text.length
          : content.length
    const parent =
      origin === null && rightOrigin === null ? { root: root ?? 'fields', key: key ?? null } : null
    const keyed = key !== undefined
    structs.push({ type: 'item', id: id(client, next), length, origin, rightOrigin, parent, keyed, content })
    next += length
  }
  const update: ParsedUpdate = { groups: [{ client, clock, structs }], deletes: [] }
  // Written by hand, but spelled as the parser wants it: the structure alone is at fault.
  expect(parseUpdate(encodeUpdate(update))).toEqual({ ok: true, update })
  return update
}

const deleting = (client: number, clock: number, length: number): ParsedUpdate => ({
  groups: [],
  deletes: [{ client, clock, length }],
})

/** An account as max made it: clock 0 the name, 1 the phone, 2 to 6 the notes. */
function account(): Y.Doc {
  const doc = docOf(max)
  doc.getMap('fields').set('name', 'Bikes')
  doc.getMap('fields').set('phone', '1')
  doc.getText('text:notes').insert(0, 'hello')
  return doc
}

const check = (doc: Y.Doc, update: ParsedUpdate, lease: number | null = rhea) =>
  checkStructure(doc, spec, update, lease)

/** What an honest device of rhea's writes on this document. */
const honest = (doc: Y.Doc, write: (doc: Y.Doc) => void, lease = rhea) => {
  const copy = docOf(lease, doc)
  return parsed(updateOf(copy, () => write(copy)))
}
const fault = (code: string) => ({ ok: false, fault: code })

describe('[D4] the client is the lease', () => {
  test('15 an edit of the lease passes; of a colleague, of two clients, of nobody it does not', () => {
    const doc = account()
    const update = honest(doc, (copy) => copy.getMap('fields').set('name', 'Cars'))
    expect(check(doc, update)).toMatchObject({ ok: true, touches: ['name'] })
    expect(check(doc, update, max)).toEqual(fault('foreign-client'))
    expect(check(doc, update, null)).toEqual(fault('foreign-client'))
    const nobody = edit(0, 0, [{ key: 'state' }, any('CA')])
    expect(check(doc, nobody, 0)).toEqual(fault('foreign-client'))
    const two = { groups: [...update.groups, ...edit(5, 0, [{ key: 'x' }, any(1)]).groups], deletes: [] }
    expect(check(doc, two)).toEqual(fault('foreign-client'))
  })
  test('[D16] deletions alone need no lease', () => {
    expect(check(account(), deleting(max, 1, 1), null)).toMatchObject({ ok: true, touches: ['phone'] })
  })
})

describe('[D4] clocks', () => {
  test('18 a gap and a regression are faults', () => {
    const doc = account()
    expect(check(doc, edit(max, 7, [{ key: 'state' }, any('CA')]), max)).toMatchObject({ ok: true })
    expect(check(doc, edit(max, 8, [{ key: 'state' }, any('CA')]), max)).toEqual(fault('clock-gap'))
    expect(check(doc, edit(max, 6, [{ key: 'state' }, any('CA')]), max)).toEqual(fault('clock-regression'))
  })
  test('17 the same clock with other content is a regression', () => {
    const doc = account()
    expect(check(doc, edit(max, 0, [{ key: 'name' }, any('Cars')]), max)).toEqual(fault('clock-regression'))
  })
  test('18 an overlap that declares another root is a regression (E34)', () => {
    const doc = account()
    const update = edit(max, 2, [{ root: 'text:other' }, string('hello tail')])
    expect(check(doc, update, max)).toEqual(fault('clock-regression'))
  })
  test(`an advance of ${UPDATE_CLOCK_ADVANCE_MAX} passes, one more does not`, () => {
    const deleted = (length: number) => edit(rhea, 0, [{ root: 'text:notes' }, { type: 'deleted', length }])
    const doc = docOf(max)
    expect(check(doc, deleted(UPDATE_CLOCK_ADVANCE_MAX))).toMatchObject({ ok: true })
    expect(check(doc, deleted(UPDATE_CLOCK_ADVANCE_MAX + 1))).toEqual(fault('clock-advance-too-large'))
  })
  test('16 a filler sent by a client is a fault, for its own clocks too (E5)', () => {
    const doc = account()
    expect(check(doc, parsed(fillerUpdate(rhea, 0, 3)))).toEqual(fault('content-not-allowed'))
    expect(check(doc, parsed(fillerUpdate(max, 7, 1_000)))).toEqual(fault('foreign-client'))
  })
})

describe('[D4] origins', () => {
  test('20 an origin that does not exist yet is missing (E6)', () => {
    const doc = account()
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 6) }, string('!')]))).toMatchObject({ ok: true })
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 7) }, string('!')]))).toEqual(fault('origin-missing'))
    expect(check(doc, edit(rhea, 0, [{ origin: id(88, 0) }, any(1)]))).toEqual(fault('origin-missing'))
    expect(check(doc, edit(rhea, 0, [{ rightOrigin: id(88, 0) }, string('!')]))).toEqual(
      fault('origin-missing'),
    )
  })
  test('19 an origin in the own future is missing; in the own past of one update it is not (E9)', () => {
    const doc = account()
    const forward = edit(rhea, 0, [{ origin: id(rhea, 1) }, any(1)], [{ key: 'state' }, any(2)])
    const itself = edit(rhea, 0, [{ origin: id(rhea, 0) }, any(1)])
    const back = edit(rhea, 0, [{ key: 'state' }, any(1)], [{ origin: id(rhea, 0) }, any(2)])
    expect(check(doc, forward)).toEqual(fault('origin-missing'))
    expect(check(doc, itself)).toEqual(fault('origin-missing'))
    expect(check(doc, back)).toMatchObject({ ok: true, touches: ['state'] })
  })
  test('25 origins in two fields are a fault', () => {
    const doc = account()
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 0), rightOrigin: id(max, 3) }, string('!')]))).toEqual(
      fault('origin-of-other-field'),
    )
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 0), rightOrigin: id(max, 1) }, any(1)]))).toEqual(
      fault('origin-of-other-field'),
    )
  })
  test('24 crossed origins are a fault, in the order of neighbours they pass (E39)', () => {
    const doc = account()
    const between = (left: number, right: number) =>
      edit(rhea, 0, [{ origin: id(max, left), rightOrigin: id(max, right) }, string('!')])
    expect(check(doc, between(3, 4))).toMatchObject({ ok: true })
    expect(check(doc, between(4, 3))).toEqual(fault('origin-crossed'))
    expect(check(doc, between(3, 3))).toEqual(fault('origin-crossed'))
    expect(check(doc, between(6, 2))).toEqual(fault('origin-crossed'))
  })
  test('24 what an origin was itself written after, or before, does not lie between: its reader knew it', () => {
    const doc = account()
    const between = (left: number, right: number) =>
      edit(rhea, 0, [{ origin: id(max, left), rightOrigin: id(max, right) }, string('!')])
    // Whoever has 5 has 4, which it was written after.
    expect(check(doc, between(2, 5))).toEqual(fault('origin-crossed'))
    doc.clientID = 88
    doc.getText('text:notes').insert(1, 'x')
    // The text begins at clock 3: 88 wrote between 3 and 4. Whoever has that has both.
    expect(check(doc, between(3, 4))).toMatchObject({ ok: true })
    const past = { origin: id(88, 0), rightOrigin: id(max, 5) }
    expect(check(doc, edit(rhea, 0, [past, string('!')]))).toEqual(fault('origin-crossed'))
  })
  test('24 crossed origins among the structs of one update are a fault', () => {
    const doc = account()
    const twice = (left: number, right: number) =>
      edit(
        rhea,
        0,
        [{ origin: id(max, 6) }, string('abcd')],
        [{ origin: id(rhea, left), rightOrigin: id(rhea, right) }, string('!')],
      )
    expect(check(doc, twice(1, 2))).toMatchObject({ ok: true })
    // Walking right from the origin, the own text is met before the end.
    expect(check(doc, twice(2, 1))).toEqual(fault('repeated-position'))
    expect(check(doc, twice(3, 1))).toEqual(fault('origin-crossed'))
    expect(check(doc, twice(0, 3))).toEqual(fault('repeated-position'))
  })
  test('24 a map entry carries no right origin', () => {
    const doc = account()
    doc.getMap('fields').set('name', 'Cars')
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 7) }, any(1)]))).toMatchObject({ ok: true })
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 0), rightOrigin: id(max, 7) }, any(1)]))).toEqual(
      fault('origin-crossed'),
    )
    expect(check(doc, edit(rhea, 0, [{ rightOrigin: id(max, 7) }, any(1)]))).toEqual(fault('origin-crossed'))
  })
})

describe('[D4] roots, keys and contents', () => {
  const doc = account()
  test('26 an unknown root is a fault, another text of the kind is not', () => {
    expect(
      check(doc, edit(rhea, 0, [{ root: 'text:notes', origin: id(max, 6) }, string('!')])),
    ).toMatchObject({ ok: true })
    expect(check(docOf(1), edit(rhea, 0, [{ root: 'text:notes' }, string('!')]))).toMatchObject({ ok: true })
    for (const root of ['other', 'text:other', 'text:name', '__proto__', 'text:__proto__', '']) {
      expect(check(doc, edit(rhea, 0, [{ root }, string('!')]))).toEqual(fault('unknown-root'))
    }
  })
  test('26 nothing is made in the document by asking, not even 100,000 roots', () => {
    const roots = [...doc.share.keys()]
    for (let i = 0; i < 100; i++) check(doc, edit(rhea, 0, [{ root: `text:${i}` }, string('!')]))
    expect([...doc.share.keys()]).toEqual(roots)
  })
  test('26 list items in the map and keys on a text are faults', () => {
    expect(check(doc, edit(rhea, 0, [{ root: 'fields' }, string('!')]))).toEqual(fault('unknown-key'))
    expect(check(doc, edit(rhea, 0, [{ root: 'text:notes', key: 'name' }, any(1)]))).toEqual(
      fault('unknown-key'),
    )
  })
  test.each([
    '__proto__',
    'constructor',
    'toString',
    '',
    'repCodes/',
    'repCodes/__proto__',
    'repCodes/a b',
    'text:notes',
  ])('13 the key "%s" is one that no field has', (key) => {
    expect(check(doc, edit(rhea, 0, [{ key }, any(1)]))).toEqual(fault('unknown-key'))
  })
  test.each(['state', 'repCodes/275', 'repCodes/a%20b', 'color', 'lines/1/quantity', 'repCodes', 'id'])(
    'the key "%s" could be a field: whether it is one is for `decide`',
    (key) => {
      expect(check(doc, edit(rhea, 0, [{ key }, any(1)]))).toMatchObject({ ok: true, touches: [key] })
    },
  )
  test('26 a value in a text and a text in a key are faults', () => {
    expect(check(doc, edit(rhea, 0, [{ key: 'state' }, string('CA')]))).toEqual(fault('content-not-allowed'))
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 0) }, string('CA')]))).toEqual(
      fault('content-not-allowed'),
    )
    expect(check(doc, edit(rhea, 0, [{ root: 'text:notes' }, any('CA')]))).toEqual(
      fault('content-not-allowed'),
    )
    expect(check(doc, edit(rhea, 0, [{ origin: id(max, 6) }, any('CA')]))).toEqual(
      fault('content-not-allowed'),
    )
  })
  test('26 two values of a key are hidden from readers, unless both are deleted at once', () => {
    const update = edit(rhea, 0, [{ key: 'state' }, { type: 'any', values: ['CA', 'NV'] }])
    const both = { ...update, deletes: [{ client: rhea, clock: 0, length: 2 }] }
    const one = { ...update, deletes: [{ client: rhea, clock: 0, length: 1 }] }
    expect(check(doc, update)).toEqual(fault('content-not-allowed'))
    expect(check(doc, one)).toEqual(fault('content-not-allowed'))
    expect(check(doc, both)).toMatchObject({ ok: true, touches: ['state'] })
  })
  test('each kind has its own texts', () => {
    const update = edit(rhea, 0, [{ root: 'text:notes' }, string('!')])
    expect(checkStructure(docOf(1), kindSpecs.contact, update, rhea)).toEqual(fault('unknown-root'))
  })
})

describe('[D6] the fields touched', () => {
  test('22 a key named by origin only is found (E27)', () => {
    const update = edit(rhea, 0, [{ origin: id(max, 1) }, any(999_999)])
    expect(check(account(), update)).toMatchObject({ ok: true, touches: ['phone'] })
  })
  test('22 a text named by right origin only is found', () => {
    const update = edit(rhea, 0, [{ rightOrigin: id(max, 2) }, string('!')])
    expect(check(account(), update)).toMatchObject({ ok: true, touches: ['text:notes'] })
  })
  test('22 a key named by deletion only is found (E32)', () => {
    expect(check(account(), deleting(max, 1, 1))).toMatchObject({ ok: true, touches: ['phone'] })
    expect(check(account(), deleting(max, 0, 4))).toMatchObject({ touches: ['name', 'phone', 'text:notes'] })
  })
  test('30 ten fields in one transaction are ten fields, and the eleventh is found', () => {
    const doc = account()
    const keys = [
      'name',
      'phone',
      'state',
      'zip',
      'country',
      'territory',
      'active',
      'ownerId',
      'employees',
      'repCodes/1',
    ]
    const write = (copy: Y.Doc, key: string) => copy.getMap('fields').set(key, 'x')
    const ten = honest(doc, (copy) => keys.forEach((key) => write(copy, key)))
    expect(check(doc, ten)).toMatchObject({ ok: true, touches: keys })
    const eleven = honest(doc, (copy) => [...keys, 'salary'].forEach((key) => write(copy, key)))
    expect(check(doc, eleven)).toMatchObject({ ok: true, touches: [...keys, 'salary'] })
  })
  test('[D10] what the author means a key to hold is told, not what may win', () => {
    const doc = account()
    const update = honest(doc, (copy) => {
      copy.getMap('fields').set('name', 'Cars')
      copy.getMap('fields').set('name', 'Boats')
      copy.getMap('fields').delete('phone')
      copy.getMap('fields').set('state', 'CA')
      copy.getMap('fields').delete('state')
    })
    const result = check(doc, update)
    expect(result.ok && [...result.writes]).toEqual([
      ['name', { id: id(rhea, 1), value: 'Boats' }],
      ['state', { id: id(rhea, 2), value: null }],
    ])
    expect(result).toMatchObject({ touches: ['name', 'state', 'phone'] })
  })
  test('[D15] an update without structs and deletions touches nothing', () => {
    expect(check(account(), { groups: [], deletes: [] })).toMatchObject({ ok: true, touches: [] })
  })
  test('[D17] a deletion of what is overwritten or deleted already touches nothing', () => {
    const doc = account()
    doc.getMap('fields').set('name', 'Cars')
    doc.getText('text:notes').delete(0, 2)
    expect(check(doc, deleting(max, 0, 1))).toMatchObject({ ok: true, touches: [] })
    expect(check(doc, deleting(max, 2, 2))).toMatchObject({ ok: true, touches: [] })
    expect(check(doc, deleting(max, 2, 3))).toMatchObject({ ok: true, touches: ['text:notes'] })
  })
})

describe('[D4] deletions', () => {
  test("21 what does not exist yet is not deleted: neither a colleague's future nor the own (E7)", () => {
    const doc = account()
    expect(check(doc, deleting(max, 0, 7))).toMatchObject({ ok: true })
    expect(check(doc, deleting(max, 0, 8))).toEqual(fault('delete-missing'))
    expect(check(doc, deleting(88, 0, 1_000))).toEqual(fault('delete-missing'))
    const own = edit(rhea, 0, [{ key: 'state' }, any(1)])
    expect(check(doc, { ...own, deletes: [{ client: rhea, clock: 0, length: 1 }] })).toMatchObject({
      ok: true,
    })
    expect(check(doc, { ...own, deletes: [{ client: rhea, clock: 0, length: 2 }] })).toEqual(
      fault('delete-missing'),
    )
    expect(check(doc, { ...own, deletes: [{ client: rhea, clock: 1, length: 1 }] })).toEqual(
      fault('delete-missing'),
    )
  })
})

describe('[D14] what leans on refused content', () => {
  /** rhea typed "100" and it was refused: the server holds a filler. */
  const refused = () => {
    const doc = account()
    Y.applyUpdate(doc, fillerUpdate(rhea, 0, 3))
    return doc
  }
  const leans = { ok: false, dependsOnRefused: true }
  test('31 an edit that names a filler leans on it, the one after it that does not is sound', () => {
    const doc = refused()
    expect(check(doc, edit(rhea, 3, [{ origin: id(rhea, 2) }, string('250')]))).toEqual(leans)
    expect(check(doc, edit(rhea, 3, [{ rightOrigin: id(rhea, 0) }, string('250')]))).toEqual(leans)
    expect(check(doc, edit(rhea, 3, [{ origin: id(max, 6) }, string('250')]))).toMatchObject({ ok: true })
  })
  test('31 a deletion of refused content leans on it', () => {
    expect(check(refused(), deleting(rhea, 0, 3))).toEqual(leans)
    expect(check(refused(), deleting(rhea, 1, 1))).toEqual(leans)
  })
  test('31 what leans through the own structs of the update leans', () => {
    const update = edit(rhea, 3, [{ origin: id(rhea, 2) }, any(1)], [{ origin: id(rhea, 3) }, any(2)])
    expect(check(refused(), update)).toEqual(leans)
  })
  test('31 a fault is a fault, leaning or not', () => {
    const update = edit(rhea, 3, [{ origin: id(rhea, 2) }, any(1)], [{ origin: id(88, 0) }, any(2)])
    expect(check(refused(), update)).toEqual(fault('origin-missing'))
  })
})

describe('[D5] cost', () => {
  /** A text of many items: two people type in turn, at the front. */
  const longText = (items: number) => {
    const doc = docOf(max)
    const notes = doc.getText('text:notes')
    for (let i = 0; i < items; i++) {
      doc.clientID = i % 2 === 0 ? max : max + 1
      notes.insert(0, 'x')
    }
    return doc
  }
  /** Three letters, and in both gaps so many items that others typed there, each before the one before. */
  const twoTexts = (items: number) => {
    const doc = docOf(max)
    const notes = doc.getText('text:notes')
    notes.insert(0, 'abc')
    for (const at of [2, 1]) {
      for (let i = 0; i < items; i++) {
        doc.clientID = i % 2 === 0 ? max + 1 : max + 2
        notes.insert(at, 'x')
      }
    }
    return doc
  }
  test(`walking over ${UPDATE_SCAN_ITEMS_MAX} items passes, over one more does not`, () => {
    const open = edit(rhea, 0, [{ root: 'text:notes' }, string('!')])
    expect(check(longText(UPDATE_SCAN_ITEMS_MAX), open)).toMatchObject({ ok: true })
    expect(check(longText(UPDATE_SCAN_ITEMS_MAX + 1), open)).toEqual(fault('too-costly'))
  })
  test('the walks of one update are summed', () => {
    const half = UPDATE_SCAN_ITEMS_MAX / 2
    const doc = twoTexts(half)
    const over = (left: number, right: number): [Place, ParsedContent] => [
      { origin: id(max, left), rightOrigin: id(max, right) },
      string('!'),
    ]
    expect(check(doc, edit(rhea, 0, over(0, 1), over(1, 2)))).toMatchObject({ ok: true })
    const longer = twoTexts(half + 1)
    expect(check(longer, edit(rhea, 0, over(0, 1), over(1, 2)))).toEqual(fault('too-costly'))
  })
  test('and those of several fields together', () => {
    const doc = docOf(max)
    for (const key of ['name', 'phone']) {
      for (let i = 0; i < UPDATE_SCAN_ITEMS_MAX * 0.3; i++) {
        doc.clientID = i % 2 === 0 ? max : max + 1
        doc.getMap('fields').set(key, i)
      }
    }
    const fromNothing = (...keys: readonly string[]) => {
      const before = docOf(rhea)
      return parsed(updateOf(before, () => keys.forEach((key) => before.getMap('fields').set(key, 'a'))))
    }
    expect(check(doc, fromNothing('name'))).toMatchObject({ ok: true })
    expect(check(doc, fromNothing('name', 'phone'))).toEqual(fault('too-costly'))
  })
  test('an old key of many values is walked from its origin, not from its beginning', () => {
    const doc = docOf(max)
    for (let i = 0; i < UPDATE_SCAN_ITEMS_MAX + 10; i++) {
      doc.clientID = i % 2 === 0 ? max : max + 1
      doc.getMap('fields').set('name', i)
    }
    const before = docOf(rhea)
    const setTwice = honest(doc, (copy) => {
      copy.getMap('fields').set('name', 'a')
      copy.getMap('fields').set('name', 'b')
    })
    expect(check(doc, setTwice)).toMatchObject({ ok: true })
    const fromNothing = parsed(updateOf(before, () => before.getMap('fields').set('name', 'a')))
    expect(check(doc, fromNothing)).toEqual(fault('too-costly'))
  })
  test('two structs of one lease at one place are a fault, in one update or in two', () => {
    const doc = account()
    const there: [Place, ParsedContent] = [{ origin: id(max, 3), rightOrigin: id(max, 4) }, string('!')]
    const twice = edit(rhea, 0, there, there)
    expect(check(doc, twice)).toEqual(fault('repeated-position'))
    const once = edit(rhea, 0, there)
    Y.applyUpdate(doc, encodeUpdate(once))
    expect(check(doc, edit(rhea, 1, there))).toEqual(fault('repeated-position'))
    expect(check(doc, edit(max + 1, 0, there), max + 1)).toMatchObject({ ok: true })
  })
  test('29 100,000 overwrites of one key, each naming the last, stay cheap', () => {
    const doc = docOf(max)
    doc.getMap('fields').set('name', 0)
    for (let i = 1; i <= 2_000; i++) doc.getMap('fields').set('name', i)
    expect(
      check(
        doc,
        honest(doc, (copy) => copy.getMap('fields').set('name', 'x')),
      ),
    ).toMatchObject({ ok: true })
    expect(doc.store.clients.get(max)?.length).toBe(2)
  })
})

test('nothing is changed by checking', () => {
  const doc = account()
  const before = Y.encodeStateAsUpdate(doc)
  const copy = copyOf(doc)
  check(doc, edit(rhea, 0, [{ origin: id(max, 3), rightOrigin: id(max, 5) }, string('!')]))
  check(doc, deleting(max, 3, 1))
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  expect(doc.store.clients.get(max)?.length).toBe(copy.store.clients.get(max)?.length)
})
