import type { Area } from './message'

/** What other systems told of a person: calls, shifts, certifications. */
export const work = {
  'work.title': { en: 'Calls and shifts', es: 'Llamadas y turnos' },
  'work.call.available': { en: 'Ready for calls', es: 'Disponible' },
  'work.call.ringing': { en: 'Ringing', es: 'Sonando' },
  'work.call.on-call': { en: 'On a call', es: 'En llamada' },
  'work.call.on-hold': { en: 'Call on hold', es: 'Llamada en espera' },
  'work.call.wrap-up': { en: 'After-call work', es: 'Trabajo posterior' },
  'work.call.not-ready': { en: 'Not ready for calls', es: 'No disponible' },
  'work.call.signed-out': { en: 'Off the phones', es: 'Fuera de las llamadas' },
  'work.shift.now': { en: 'until {time}', es: 'hasta las {time}' },
  'work.shift.late': { en: 'due since {time}', es: 'debía estar desde las {time}' },
  'work.shift.later': { en: 'from {time}', es: 'desde las {time}' },
  'work.certifications.due': { en: 'A certification ends soon', es: 'Una certificación vence pronto' },
  'work.certifications.expired': { en: 'A certification has expired', es: 'Una certificación ha vencido' },
  'work.certifications.missing': { en: 'A certification is missing', es: 'Falta una certificación' },
  'work.none': {
    en: 'No other system told anything about this person.',
    es: 'Ningún otro sistema ha dicho nada de esta persona.'
  },
  'work.nobody': { en: 'Nobody is signed in here.', es: 'Nadie ha iniciado sesión aquí.' },
  'work.failed': { en: 'This can’t be shown just now.', es: 'Esto no se puede mostrar ahora.' },
  'work.calls': { en: 'Calls on {day}', es: 'Llamadas del {day}' },
  'work.talk': { en: 'Talk time', es: 'Tiempo hablado' },
  'work.hold': { en: 'On hold', es: 'En espera' },
  'work.wrapUp': { en: 'After-call work', es: 'Trabajo posterior' },
  'work.adherence': { en: 'Kept to the schedule', es: 'Cumplimiento del horario' },
  'work.minutes': { en: '{count} min', es: '{count} min' },
  'work.shift': { en: 'Shift', es: 'Turno' },
  'work.shift.range': { en: '{from} to {to}', es: '{from} a {to}' },
  'work.standing.good': { en: 'good until {day}', es: 'vigente hasta el {day}' },
  'work.standing.due': { en: 'ends on {day}', es: 'vence el {day}' },
  'work.standing.expired': { en: 'expired on {day}', es: 'venció el {day}' },
  'work.lacking.missing': { en: 'required, and missing', es: 'exigida, y falta' },
  'work.lacking.expired': { en: 'required, and expired', es: 'exigida, y vencida' }
} as const satisfies Area
