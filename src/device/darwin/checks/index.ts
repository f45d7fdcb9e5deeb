import type { Check } from '../../contract/check'

/** Every check that this system has. One line per check. */
export const darwinChecks: readonly Check[] = []
