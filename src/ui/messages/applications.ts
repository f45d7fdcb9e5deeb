import type { Area } from './message'

/** Programs that may not run beside Havendesk: what was seen, what clears it, and how it is mended. */
export const applications = {
  'rule.application-denied.title': { en: 'Program not allowed', es: 'Programa no permitido' },
  'rule.application-denied.short': { en: 'program not allowed', es: 'programa no permitido' },
  'rule.application-denied.seen': {
    en: 'A program is running that is not allowed here.',
    es: 'Se está ejecutando un programa que no está permitido aquí.'
  },
  'rule.application-denied.clears': {
    en: 'Your screen is hidden until it is closed. To close it, end your shift, then sign in again. If you cannot, call IT.',
    es: 'Su pantalla queda oculta hasta que se cierre. Para cerrarlo, termine su turno e inicie sesión de nuevo. Si no puede, llame a TI.'
  },
  'blank.cleared.application-denied': { en: 'The program is closed.', es: 'El programa está cerrado.' },

  'rule.application-warned.title': { en: 'Program to be closed', es: 'Programa por cerrar' },
  'rule.application-warned.short': { en: 'program to be closed', es: 'programa por cerrar' },
  'rule.application-warned.seen': {
    en: 'A program is running that is not allowed here. Please close it.',
    es: 'Se está ejecutando un programa que no está permitido aquí. Por favor, ciérrelo.'
  },
  'rule.application-warned.clears': { en: 'It is over once it is closed.', es: 'Termina cuando se cierre.' },
  'blank.cleared.application-warned': { en: 'The program is closed.', es: 'El programa está cerrado.' },

  'rule.application-noted.title': { en: 'Program noted', es: 'Programa anotado' },
  'rule.application-noted.short': { en: 'program noted', es: 'programa anotado' },
  'rule.application-noted.seen': {
    en: 'A program is running that IT keeps an eye on.',
    es: 'Se está ejecutando un programa que TI vigila.'
  },
  'rule.application-noted.clears': { en: 'It is over once it is closed.', es: 'Termina cuando se cierre.' },
  'blank.cleared.application-noted': { en: 'The program is closed.', es: 'El programa está cerrado.' },

  'rule.applications-unknown.title': {
    en: 'Programs cannot be checked',
    es: 'No se pueden revisar los programas'
  },
  'rule.applications-unknown.short': {
    en: 'programs cannot be checked',
    es: 'no se pueden revisar los programas'
  },
  'rule.applications-unknown.seen': {
    en: 'Havendesk cannot see which programs are running.',
    es: 'Havendesk no puede ver qué programas se están ejecutando.'
  },
  'rule.applications-unknown.clears': {
    en: 'Your screen is hidden until it can. Restart the computer. If it stays this way, ask IT to install the system service.',
    es: 'Su pantalla queda oculta hasta que pueda. Reinicie el equipo. Si sigue así, pida a TI que instale el servicio del sistema.'
  },
  'blank.cleared.applications-unknown': {
    en: 'The programs can be checked again.',
    es: 'Los programas se pueden revisar de nuevo.'
  },

  'program.named': { en: '{title} (“{file}”)', es: '{title} («{file}»)' },
  'program.unnamed': { en: '“{file}”', es: '«{file}»' },
  'blank.programs': {
    en: 'It is {list}. Your screen is hidden until it is closed. To close it, end your shift, then sign in again. If you cannot, call IT.',
    es: 'Es {list}. Su pantalla queda oculta hasta que se cierre. Para cerrarlo, termine su turno e inicie sesión de nuevo. Si no puede, llame a TI.'
  },
  'blank.programs.stay': {
    en: 'It is {list}, and Havendesk cannot close it. End your shift and close it, or restart the computer. If it comes back, call IT.',
    es: 'Es {list}, y Havendesk no puede cerrarlo. Termine su turno y ciérrelo, o reinicie el equipo. Si vuelve, llame a TI.'
  },
  'shell.program.close': {
    en: '{program} is not allowed here. Please close it.',
    es: '{program} no está permitido aquí. Por favor, ciérrelo.'
  },
  'shell.program.closing': {
    en: '{program} is not allowed here and is being closed. Your screen is hidden if it stays open.',
    es: '{program} no está permitido aquí y se está cerrando. Su pantalla se oculta si sigue abierto.'
  },

  'remedy.applications.found.title': {
    en: 'A program is running that is not allowed here.',
    es: 'Se está ejecutando un programa que no está permitido aquí.'
  },
  'remedy.applications.found': {
    en: 'Close it. If you need it for your work, ask IT.',
    es: 'Ciérrelo. Si lo necesita para trabajar, pregunte a TI.'
  },
  'remedy.applications.unknown.title': {
    en: 'Some running programs cannot be checked.',
    es: 'Algunos programas no se pueden revisar.'
  },
  'remedy.applications.unknown': {
    en: 'Restart the computer. If it stays this way, ask IT to install the system service.',
    es: 'Reinicie el equipo. Si sigue así, pida a TI que instale el servicio del sistema.'
  },
  'remedy.applications.waiting.title': {
    en: 'Running programs are being checked.',
    es: 'Se están revisando los programas.'
  },
  'remedy.applications.waiting': { en: 'Wait a moment.', es: 'Espere un momento.' }
} as const satisfies Area
