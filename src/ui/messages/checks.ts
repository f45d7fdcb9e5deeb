import type { Area } from './message'

/** Words for checks: their areas, their states. What mends a check stands under its own remedy key. */
export const checks = {
  'check.area.camera': { en: 'Camera', es: 'Cámara' },
  'check.area.device': { en: 'Device', es: 'Equipo' },
  'check.area.network': { en: 'Network', es: 'Red' },

  'check.state.pass': { en: 'passes', es: 'correcto' },
  'check.state.fail': { en: 'fails', es: 'no cumple' },
  'check.state.unknown': { en: 'not known', es: 'sin datos' },
  'check.state.error': { en: 'could not be checked', es: 'no se pudo revisar' },
  'check.state.stale': { en: 'no fresh answer', es: 'sin respuesta reciente' },

  'check.follows.report': {
    en: 'Nothing follows at your desk.',
    es: 'No tiene consecuencias en su puesto.'
  },
  'check.follows.warn': {
    en: 'Your supervisor sees it. Only IT can make an exception.',
    es: 'Su supervisor lo ve. Solo TI puede hacer una excepción.'
  },
  'check.follows.block': {
    en: 'Your screen stays hidden until it passes. Only IT can make an exception.',
    es: 'Su pantalla queda oculta hasta que se cumpla. Solo TI puede hacer una excepción.'
  },

  'check.dot': { en: '{area}: {state}', es: '{area}: {state}' }
} as const satisfies Area
