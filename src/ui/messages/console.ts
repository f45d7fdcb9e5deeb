import type { Area } from './message'

/** Texts of the supervisors' console. */
export const consoleMessages = {
  'console.title': { en: 'Havendesk console', es: 'Consola de Havendesk' }
} as const satisfies Area
