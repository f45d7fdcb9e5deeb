import type { Area } from './message'

/** Texts of the blank screen. */
export const blank = {} as const satisfies Area
