import type { Area } from './message'

/** The desktop around the workspace: its lock-down, and what keeps it out of pictures. */
export const desktop = {
  'shell.check.lock-down': { en: 'Desktop settings', es: 'Ajustes del escritorio' },
  'shell.check.content-protection': { en: 'Protection from screenshots', es: 'Protección contra capturas' },
  'remedy.lock-down.waiting.title': {
    en: 'Desktop settings are being locked.',
    es: 'Se están bloqueando los ajustes del escritorio.'
  },
  'remedy.lock-down.waiting': { en: 'Wait a moment.', es: 'Espere un momento.' },
  'remedy.lock-down.no-service.title': {
    en: 'Desktop settings cannot be locked.',
    es: 'No se pueden bloquear los ajustes del escritorio.'
  },
  'remedy.lock-down.no-service': {
    en: 'The system service does not answer. Ask IT to install or restart it.',
    es: 'El servicio del sistema no responde. Pida a TI que lo instale o lo reinicie.'
  },
  'remedy.lock-down.failed.title': {
    en: 'A desktop setting does not stay locked.',
    es: 'Un ajuste del escritorio no queda bloqueado.'
  },
  'remedy.lock-down.failed': {
    en: 'Close the system settings if they are open. If it stays this way, ask IT.',
    es: 'Cierre los ajustes del sistema si están abiertos. Si sigue así, pregunte a TI.'
  },
  'remedy.lock-down.degraded.title': {
    en: 'This desktop cannot lock everything.',
    es: 'Este escritorio no puede bloquear todo.'
  },
  'remedy.lock-down.degraded': {
    en: 'Sign in to the Havendesk session of this computer, or ask IT.',
    es: 'Inicie la sesión Havendesk de este equipo o pregunte a TI.'
  },
  'remedy.content-protection.unsupported.title': {
    en: 'This system cannot prevent screenshots.',
    es: 'Este sistema no puede impedir capturas.'
  },
  'remedy.content-protection.unsupported': {
    en: 'Nothing you can do about it. IT decides whether you can work here.',
    es: 'Usted no puede cambiarlo. TI decide si puede trabajar aquí.'
  }
} as const satisfies Area
