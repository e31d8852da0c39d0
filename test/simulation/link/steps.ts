/** What happens in a history of devices on the link. */
import fc from 'fast-check'

export const targets = ['oak', 'ash', 'new'] as const

const who = fc.nat(2)
const count = fc.integer({ min: 1, max: 6 })

/** `max` comes last: those before are two devices of one worker. */
export const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who,
      target: fc.constantFrom(...targets),
      field: fc.constantFrom('phone', 'phone', 'zip', 'specialty', 'notes', 'notes', 'cut-notes'),
      value: fc.nat(9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('up' as const), who, count }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('down' as const), who, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('burn' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('back-up' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('flip' as const),
      right: fc.constantFrom('edits' as const, 'adds' as const),
      allow: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('room' as const), value: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'settle' as const }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
