import type { Area } from './message'

/** Texts of the page Reports beside the figures of alerts: saved filters, and how one advocate fares. */
export const reports = {
  'report.views': { en: 'Parts of this page', es: 'Partes de esta página' },
  'report.view.alerts': { en: 'Alerts', es: 'Avisos' },
  'report.view.trend': { en: 'One advocate', es: 'Una persona' },

  'filters.title': { en: 'Saved filters', es: 'Filtros guardados' },
  'filters.none': {
    en: 'None yet. Choose what you want to see, and save it under a name.',
    es: 'Aún no hay ninguno. Elija qué quiere ver y guárdelo con un nombre.'
  },
  'filters.loading': { en: 'Loading your filters', es: 'Cargando sus filtros' },
  'filters.name': { en: 'Name', es: 'Nombre' },
  'filters.save': { en: 'Save what you see', es: 'Guardar lo que ve' },
  'filters.rename': { en: 'Rename', es: 'Cambiar el nombre' },
  'filters.renameOf': { en: 'Rename {name}', es: 'Cambiar el nombre de {name}' },
  'filters.rename.save': { en: 'Save the name', es: 'Guardar el nombre' },
  'filters.delete': { en: 'Delete', es: 'Borrar' },
  'filters.deleteOf': { en: 'Delete {name}', es: 'Borrar {name}' },
  'filters.full': {
    en: 'Fifty filters are the most. Delete one first.',
    es: 'Cincuenta filtros son el máximo. Borre uno primero.'
  },
  'filters.taken': {
    en: 'You have a filter of that name. Choose another name.',
    es: 'Ya tiene un filtro con ese nombre. Elija otro.'
  },

  'trend.advocate': { en: 'Advocate', es: 'Persona' },
  'trend.advocate.choose': { en: 'Choose somebody of your team', es: 'Elija a alguien de su equipo' },
  'trend.nobody': {
    en: 'Choose somebody to see how they fare from week to week. That you looked is noted.',
    es: 'Elija a alguien para ver su evolución semana a semana. Queda anotado que usted lo miró.'
  },
  'trend.noAdvocates': {
    en: 'Your team has no advocates yet. IT adds them.',
    es: 'Su equipo aún no tiene personas. El equipo técnico las añade.'
  },
  'trend.gone': {
    en: 'This person is not in your team.',
    es: 'Esta persona no está en su equipo.'
  },
  'trend.weeks': { en: 'Weeks', es: 'Semanas' },
  'trend.weeks.of': { en: '{count} weeks', es: '{count} semanas' },
  'trend.none': {
    en: 'Nothing is known of {name} in these weeks.',
    es: 'No se sabe nada de {name} en estas semanas.'
  },
  'trend.intro': {
    en: 'A shift is the time at a desk with less than four hours between. The newest week may not be over. Talk it over with {name} before you judge: an alert is an estimate.',
    es: 'Un turno es el tiempo en un puesto con menos de cuatro horas entre medias. La última semana puede no haber terminado. Háblelo con {name} antes de juzgar: un aviso es una estimación.'
  },
  'trend.all': { en: 'Alerts for each shift', es: 'Avisos por turno' },
  'trend.rule': { en: '{rule}, for each shift', es: '{rule}, por turno' },
  'trend.adherence': { en: 'Adherence to the schedule', es: 'Cumplimiento del horario' },
  'trend.table': { en: 'Week by week', es: 'Semana a semana' },
  'trend.column.week': { en: 'Week from', es: 'Semana desde' },
  'trend.column.shifts': { en: 'Shifts', es: 'Turnos' },
  'trend.column.time': { en: 'At the desk', es: 'En el puesto' },
  'trend.column.raised': { en: 'Alerts', es: 'Avisos' },
  'trend.column.perShift': { en: 'For each shift', es: 'Por turno' },
  'trend.column.agreed': { en: 'It was so', es: 'Fue así' },
  'trend.column.falseAlarms': { en: 'False alarms', es: 'Falsas alarmas' },
  'trend.column.hidden': { en: 'Screen hidden', es: 'Pantalla oculta' },
  'trend.column.adherence': { en: 'Adherence', es: 'Cumplimiento' },
  'trend.column.calls': { en: 'Calls', es: 'Llamadas' },
  'trend.hours': { en: '{hours} h', es: '{hours} h' },
  'trend.minutes': { en: '{minutes} min', es: '{minutes} min' }
} as const satisfies Area
