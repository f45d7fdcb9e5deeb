import type { Response } from './rule'

/** Whether a response takes the work off the screen. In a file of its own: pages that need it carry no validator. */
export const hides = (response: Response): boolean => response === 'blank' || response === 'lock'
