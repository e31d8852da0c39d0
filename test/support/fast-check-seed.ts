/** Properties without a seed of their own have that of the run. Loaded before each file of tests (vite.config.ts). */
import fc from 'fast-check'
import { seedOf } from './seed.ts'

fc.configureGlobal({ seed: seedOf(process.env['AMBIT_ORGANISATIONS'] !== undefined) })
