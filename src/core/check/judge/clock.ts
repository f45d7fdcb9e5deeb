import { fail, pass, type Finding } from '../finding'

/** The system keeps its clock by a time server. One that is far off shows by itself: the hub refuses its requests. */
export const judgeClock = (synchronised: boolean): Finding =>
  synchronised
    ? pass('kept by a time server')
    : fail('not kept by a time server', 'remedy.clock.not-synchronised')
