/**
 * Bent updates against the whole gate, with an oracle that asks nothing of core/documents (fuzz/world.ts): whatever is
 * admitted changed only what its author may write, leaves nothing pending, advances the clocks exactly, keeps no
 * honest edit out, and is the same live, stored, reloaded and in another order.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fuzzGate, noFigures } from './fuzz/fuzz-gate.ts'
import { minimise, replay } from './fuzz/minimise.ts'
import type { Step } from './fuzz/world.ts'
import { mutants } from './seeds.ts'

const regressions = new URL('regressions/', import.meta.url)

interface Regression {
  readonly what: string
  readonly steps: readonly Step[]
}

test('[D3] [D4] [D6] [D7] [D9] [D12] no bent update does harm', { timeout: 3_600_000 }, async () => {
  const run = { ...mutants(2_000), figures: noFigures() }
  const found = await fuzzGate(run)
  const { tried, admitted, refused, broken, honest } = run.figures
  console.log(
    `AMBIT_SEED=${run.seed}: ${tried} mutants, ${admitted} admitted, ${refused} refused, ${broken} broken, ` +
      `${found === null ? 0 : 1} harmful; ${honest} honest edits among them`,
  )
  if (found !== null) {
    const least = await minimise(found)
    const file = new URL(`found-${run.seed}.json`, regressions)
    writeFileSync(file, `${JSON.stringify({ what: least.message, steps: least.steps }, null, 2)}\n`)
    throw new Error(
      `${found.message}\nAMBIT_SEED=${run.seed}; ${least.steps.length} steps kept in ${file.pathname}`,
    )
  }
  expect(admitted).toBeGreaterThan(tried / 200)
  expect(refused).toBeGreaterThan(0)
})

for (const name of readdirSync(regressions).filter((file) => file.endsWith('.json'))) {
  const { what, steps } = JSON.parse(readFileSync(new URL(name, regressions), 'utf8')) as Regression
  test(`what was once found does no harm any more: ${name}: ${what}`, async () => {
    expect(await replay(steps)).toBeNull()
  })
}
