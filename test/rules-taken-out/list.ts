/** All that can be taken out, by the sections of the rules; and what has no code here. */
import { betweenTheLines } from './list/between-the-lines.ts'
import { deciding } from './list/deciding.ts'
import { device } from './list/device.ts'
import { fromOutside } from './list/from-outside.ts'
import { link } from './list/link.ts'
import { log } from './list/log.ts'
import { logins } from './list/logins.ts'
import { merging } from './list/merging.ts'
import { notThere } from './list/not-there.ts'
import { presence } from './list/presence.ts'
import { quotas } from './list/quotas.ts'
import { reading } from './list/reading.ts'
import { refusing } from './list/refusing.ts'
import { rooms } from './list/rooms.ts'
import { ofStructure } from './list/structure.ts'
import { time } from './list/time.ts'
import type { TakenOut } from './taken-out.ts'

export const takenOut: readonly TakenOut[] = [
  ...reading,
  ...ofStructure,
  ...deciding,
  ...merging,
  ...refusing,
  ...quotas,
  ...rooms,
  ...presence,
  ...link,
  ...device,
  ...time,
  ...betweenTheLines,
  ...fromOutside,
  ...logins,
  ...log,
]

export { notThere }
