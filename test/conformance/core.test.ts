/** Every case through core: the decision that all other surfaces are compared with. */
import { describe, expect, it } from 'vitest'
import { readCaseFiles, readOrganisations } from './case-files.ts'
import { inTheWordsOf, judge } from './judge.ts'
import { organisationOf } from './organisation.ts'

const files = readCaseFiles()
const organisations = readOrganisations()

for (const { name, about, organisation: playsIn, cases } of files) {
  const file = organisations.get(playsIn)
  if (file === undefined) throw new Error(`${name} plays in ${playsIn}, which is no organisation`)
  const organisation = organisationOf(file)

  describe(`${name}: ${about}`, () => {
    it.each(cases)('[$proves] $description', (one) => {
      const { outcome, reasons } = one
      expect(inTheWordsOf(reasons, judge(organisation, one))).toEqual({ outcome, reasons })
    })
  })
}

describe('the files', () => {
  const all = files.flatMap(({ organisation, cases }) => cases.map((one) => ({ organisation, ...one })))

  it('ask of workers who exist', () => {
    const strangers = all.filter(
      ({ organisation, question }) =>
        !organisations.get(organisation)?.workers.some(({ id }) => id === question.worker),
    )
    expect(strangers.map(({ ask }) => ask)).toEqual([])
  })

  it('ask each question once, in sentences of their own', () => {
    expect(repeated(all.map(({ description }) => description))).toEqual([])
    expect(repeated(all.map(({ file, ask, set }) => `${file}: ${ask} ${JSON.stringify(set ?? '')}`))).toEqual(
      [],
    )
  })

  it('let every organisation play', () => {
    const playing = new Set(files.map(({ organisation }) => organisation))
    expect([...organisations.keys()].filter((name) => !playing.has(name))).toEqual([])
  })

  it('say of every denial why', () => {
    const silent = all.filter(
      ({ outcome, reasons, question }) =>
        outcome === 'denied' && reasons.length === 0 && question.type !== 'opens',
    )
    expect(silent.map(({ ask }) => ask)).toEqual([])
  })
})

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index)
}
