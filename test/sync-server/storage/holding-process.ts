/** A process that takes the lock on the folder in its argument, says so or says who has it, and stays until killed. */
import { acquireDataLock } from '../../../sync-server/storage/data-lock.ts'

const lock = await acquireDataLock(process.argv[2] ?? '')
process.stdout.write('heldBy' in lock ? `held by ${lock.heldBy}\n` : 'locked\n')
setInterval(() => undefined, 60_000)
