/** Device to server: the page is committed on this device. Gives the server credit to send another. */
import * as v from 'valibot'
import { sequenceSchema } from './common.ts'

export const receivedSchema = v.strictObject({ page: sequenceSchema })
export type Received = v.InferOutput<typeof receivedSchema>
