import { fail, pass, type Finding } from '../finding'

/** The person at the desk has no group, and no identity, that makes them administrator of this computer. */
export const judgeLocalAdmin = (powers: readonly string[]): Finding =>
  powers.length === 0
    ? pass('an ordinary user')
    : fail(`an administrator: ${powers.join(', ')}`, 'remedy.local-admin.is-admin')
