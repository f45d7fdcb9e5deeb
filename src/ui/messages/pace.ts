import type { Area } from './message'

/** Why the camera is looked at less than usual, and what brings the usual pace back: by pace and strongest reason. */
export const pace = {
  'remedy.pace.saving.battery': {
    en: 'On battery: the camera is looked at a little less often. Plug in the charger for the usual pace.',
    es: 'Con batería: la cámara se mira un poco menos a menudo. Conecte el cargador para el ritmo habitual.'
  },
  'remedy.pace.saving.heat': {
    en: 'The computer is warm: the camera is looked at a little less often until it has cooled.',
    es: 'El equipo está caliente: la cámara se mira un poco menos a menudo hasta que se enfríe.'
  },
  'remedy.pace.saving.slowed': {
    en: 'The system slows the processor: the camera is looked at a little less often until it is back at its usual speed.',
    es: 'El sistema frena el procesador: la cámara se mira un poco menos a menudo hasta que recupere su velocidad habitual.'
  },
  'remedy.pace.least.heat': {
    en: 'The computer is hot: the camera is looked at as little as your team’s rules need. Let air reach it, and plug in the charger if it is out.',
    es: 'El equipo está muy caliente: la cámara se mira solo lo que exigen las reglas de su equipo de trabajo. Deje que le llegue aire y conecte el cargador si está desconectado.'
  },
  'remedy.pace.least.slowed': {
    en: 'The system slows the processor a lot: the camera is looked at as little as your team’s rules need. Plug in the charger and let air reach the computer.',
    es: 'El sistema frena mucho el procesador: la cámara se mira solo lo que exigen las reglas de su equipo de trabajo. Conecte el cargador y deje que le llegue aire al equipo.'
  }
} as const satisfies Area
