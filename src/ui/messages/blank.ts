import type { Area } from './message'

/** Texts of the blank screen. What was seen and what clears it stand with the rules. */
export const blank = {
  'blank.hidden': { en: 'Your screen is hidden.', es: 'Su pantalla está oculta.' },
  'blank.hidden.detail': {
    en: 'It comes back once everything has been checked again.',
    es: 'Vuelve cuando todo se haya revisado de nuevo.'
  },
  'blank.no-script': {
    en: 'Wait a moment, or call your supervisor.',
    es: 'Espere un momento o llame a su supervisor.'
  },
  'blank.starting': { en: 'Getting ready…', es: 'Preparando…' },
  'blank.starting.detail': {
    en: 'Your screen opens once the camera has looked at the room.',
    es: 'Su pantalla se abre cuando la cámara haya mirado la sala.'
  },
  'blank.signed-out': { en: 'You are signed out.', es: 'Su sesión está cerrada.' },
  'blank.signed-out.detail': {
    en: 'Sign in on your main screen.',
    es: 'Inicie sesión en su pantalla principal.'
  },

  'blank.cleared.phone': { en: 'The phone is out of sight.', es: 'El teléfono ya no se ve.' },
  'blank.cleared.book': { en: 'The book is out of sight.', es: 'El libro ya no se ve.' },
  'blank.cleared.second-person': { en: 'You are alone again.', es: 'Ya no hay nadie más.' },
  'blank.cleared.nobody': { en: 'The camera sees you again.', es: 'La cámara le ve de nuevo.' },
  'blank.cleared.second-screen': {
    en: 'The second screen is out of sight.',
    es: 'La otra pantalla ya no se ve.'
  },
  'blank.cleared.camera-lost': { en: 'The camera works again.', es: 'La cámara funciona de nuevo.' },
  'blank.cleared.sensor-silent': {
    en: 'The room check answers again.',
    es: 'La revisión de la sala responde de nuevo.'
  },
  'blank.cleared.hub-gone': { en: 'The hub answers again.', es: 'El centro responde de nuevo.' },
  'blank.cleared.policy-lapsed': { en: 'The rules are up to date again.', es: 'Las reglas están al día.' },
  'blank.cleared.program-altered': {
    en: 'The program is whole again.',
    es: 'El programa está completo de nuevo.'
  },
  'blank.cleared.device-unfit': {
    en: 'The computer passes its checks again.',
    es: 'El equipo cumple de nuevo sus revisiones.'
  },
  'blank.cleared.device-doubtful': {
    en: 'The computer passes its checks again.',
    es: 'El equipo cumple de nuevo sus revisiones.'
  },
  'blank.cleared.vpn-lost': { en: 'The VPN protects you again.', es: 'La VPN le protege de nuevo.' },
  'blank.cleared.unsafe-start': {
    en: 'Havendesk was started from its own icon.',
    es: 'Havendesk se abrió desde su propio icono.'
  },
  'blank.cleared.break-glass-asked': { en: 'It was decided.', es: 'Ya se decidió.' },
  'blank.cleared.break-glass-used': { en: 'The exception is over.', es: 'La excepción terminó.' },
  'blank.cleared.supervisor-lock': {
    en: 'Your supervisor unlocked your screen.',
    es: 'Su supervisor desbloqueó su pantalla.'
  },
  'blank.cleared.help-asked': { en: 'Help has been given.', es: 'Ya recibió ayuda.' },
  'blank.cleared.device-copied': { en: 'IT has looked at this computer.', es: 'TI ya revisó este equipo.' },
  'blank.clearing': {
    en: 'Your screen comes back in a moment.',
    es: 'Su pantalla vuelve en un momento.'
  },

  'blank.locked': { en: 'Your screen is locked.', es: 'Su pantalla está bloqueada.' },
  'blank.locked.clears': {
    en: 'Talk to your supervisor. Then end your shift and sign in again to go on.',
    es: 'Hable con su supervisor. Después termine su turno e inicie sesión de nuevo para continuar.'
  },
  'blank.locked.now': { en: 'Now: {list}', es: 'Ahora: {list}' },
  'blank.locked.after': { en: 'Last seen: {what}', es: 'Lo último que se vio: {what}' },

  'blank.may-ask': {
    en: 'If you cannot, end your shift and ask for an exception under “All checks”.',
    es: 'Si no puede, termine su turno y pida una excepción en “Todas las comprobaciones”.'
  },
  'blank.fix': { en: '{check}: {fix}', es: '{check}: {fix}' },
  'blank.since': { en: 'Hidden since {time}', es: 'Oculta desde las {time}' },
  'blank.also': { en: 'Also: {list}', es: 'También: {list}' },
  'blank.recorded': { en: 'Recorded for your supervisor', es: 'Registrado para su supervisor' },
  'blank.clock': { en: 'Time', es: 'Hora' },
  'blank.actions': { en: 'What you can do', es: 'Qué puede hacer' },
  'blank.help': { en: 'I need help', es: 'Necesito ayuda' },
  'blank.help.asked': {
    en: 'You asked for help. Your supervisor gets the message.',
    es: 'Usted pidió ayuda. Su supervisor recibe el mensaje.'
  },
  'blank.end-shift': { en: 'End shift', es: 'Terminar turno' },
  'blank.end-shift.sure': { en: 'Press again to end your shift', es: 'Pulse otra vez para terminar' },
  'blank.end-demo': { en: 'End demo', es: 'Terminar demo' }
} as const satisfies Area
