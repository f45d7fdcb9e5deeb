import type { Area } from './message'

/** Texts of the workstation's shell. */
export const shell = {} as const satisfies Area
