import type { RecordBody } from '../../contract/wire/v1/device'
import { RefusalCounter } from '../ipc/refusals'
import type { Desk } from './desk'

/** What was refused within so long is one record with a count, milliseconds: a page that tries on fills nothing. */
const PERIOD_MS = 5_000

/** Counts refusals of one kind into the desk's records. */
export const countRefusals = (
  desk: Desk,
  code: Extract<RecordBody, { kind: 'event' }>['code']
): RefusalCounter =>
  new RefusalCounter(
    (detail, count) => {
      desk.event(code, detail, count)
    },
    (act) => setTimeout(act, PERIOD_MS)
  )
