import { fail, pass, type Finding } from '../finding'

/** The system keeps its clock by a time server. How far it is from the hub's stands with the line to the hub. */
export const judgeClock = (synchronised: boolean): Finding =>
  synchronised
    ? pass('kept by a time server')
    : fail('not kept by a time server', 'remedy.clock.not-synchronised')
