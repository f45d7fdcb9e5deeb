import type { Area } from './message'

/** IT's page about computers: the list, what fails where, published rules, tickets. */
export const devices = {
  'nav.devices': { en: 'Devices', es: 'Equipos' },
  'devices.title': { en: 'Devices', es: 'Equipos' },
  'devices.intro': {
    en: 'The computers of all teams of {organisation}.',
    es: 'Los equipos de todos los grupos de {organisation}.'
  },
  'devices.part.devices': { en: 'Devices', es: 'Equipos' },
  'devices.part.posture': { en: 'Posture', es: 'Cumplimiento' },
  'devices.part.policies': { en: 'Policies', es: 'Directivas' },
  'devices.part.tickets': { en: 'Enrolment', es: 'Inscripción' },
  'devices.parts': { en: 'Parts of this page', es: 'Partes de esta página' },

  'devices.search': { en: 'Search', es: 'Buscar' },
  'devices.search.hint': {
    en: 'Label, team, computer name or id',
    es: 'Nombre, equipo de trabajo, ordenador o id'
  },
  'devices.showAll': { en: 'Also those shut out', es: 'También los excluidos' },
  'devices.onlyCheck': {
    en: 'Only where this does not pass: {check}',
    es: 'Solo donde esto no se cumple: {check}'
  },
  'devices.allChecks': { en: 'Show all again', es: 'Mostrar todos' },
  'devices.count': {
    en: '{count, plural, one {# device} other {# devices}}',
    es: '{count, plural, one {# equipo} other {# equipos}}'
  },
  'devices.page': { en: 'Page {page} of {pages}', es: 'Página {page} de {pages}' },
  'devices.page.earlier': { en: 'Previous page', es: 'Página anterior' },
  'devices.page.later': { en: 'Next page', es: 'Página siguiente' },
  'devices.none': {
    en: 'No computer is enrolled yet. Make a ticket under Enrolment, and hand it to a workstation.',
    es: 'Todavía no hay equipos inscritos. Cree un vale en Inscripción y entréguelo a un puesto.'
  },
  'devices.noneFound': {
    en: 'Nothing fits. Change the search, or show those shut out as well.',
    es: 'Nada coincide. Cambie la búsqueda o muestre también los excluidos.'
  },
  'devices.column.label': { en: 'Device', es: 'Equipo' },
  'devices.column.team': { en: 'Team', es: 'Grupo' },
  'devices.column.key': { en: 'Key', es: 'Clave' },
  'devices.column.trust': { en: 'Attestation', es: 'Atestación' },
  'devices.column.heard': { en: 'Last heard', es: 'Último contacto' },
  'devices.column.version': { en: 'Client', es: 'Cliente' },
  'devices.column.policy': { en: 'Policy', es: 'Directiva' },
  'devices.column.problems': { en: 'Does not pass', es: 'No se cumple' },
  'devices.column.act': { en: 'Act', es: 'Acción' },
  'devices.simulated': { en: 'simulated', es: 'simulado' },
  'devices.key.tpm': { en: 'TPM', es: 'TPM' },
  'devices.key.keychain': { en: 'Keychain', es: 'Llavero' },
  'devices.trust.attested': { en: 'Attested', es: 'Atestado' },
  'devices.trust.reported': { en: 'Program not on the list', es: 'Programa fuera de la lista' },
  'devices.trust.unattested': { en: 'Not attested', es: 'Sin atestar' },
  'devices.trust.unproven': { en: 'Has to attest, does not', es: 'Debe atestar y no lo hace' },
  'devices.trust.quarantined': { en: 'Quarantined', es: 'En cuarentena' },
  'devices.trust.revoked': { en: 'Shut out', es: 'Excluido' },
  'devices.heard.never': { en: 'never', es: 'nunca' },
  'devices.heard.silent': { en: 'silent', es: 'sin respuesta' },
  'devices.policy.none': { en: 'none yet', es: 'aún ninguna' },
  'devices.policy.behind': { en: '{version}, in force is {newest}', es: '{version}, la vigente es {newest}' },
  'devices.problems.none': { en: 'Everything passes', es: 'Todo se cumple' },
  'devices.problems.unknown': { en: 'Not known', es: 'Sin datos' },
  'devices.problems.more': { en: '{count} more', es: '{count} más' },
  'devices.problems.reported': { en: 'only reported', es: 'solo se informa' },

  'devices.revoke': { en: 'Shut out', es: 'Excluir' },
  'devices.revoke.ask': {
    en: 'Shut {label} out? Its session ends at once and the hub refuses it from now on. This can’t be undone: to use this computer again, enrol it with a new ticket.',
    es: '¿Excluir {label}? Su sesión termina enseguida y el centro lo rechaza desde ahora. No se puede deshacer: para volver a usar este equipo, inscríbalo con un vale nuevo.'
  },
  'devices.reason': { en: 'Why', es: 'Por qué' },
  'devices.reason.hint': {
    en: 'It is kept with your name.',
    es: 'Queda registrado con su nombre.'
  },
  'devices.reason.lost': { en: 'It is lost', es: 'Se perdió' },
  'devices.reason.stolen': { en: 'It was stolen', es: 'Fue robado' },
  'devices.reason.copied': { en: 'Its key was copied', es: 'Su clave fue copiada' },
  'devices.reason.replaced': { en: 'Another takes its place', es: 'Otro lo reemplaza' },
  'devices.reason.returned': { en: 'It was given back', es: 'Fue devuelto' },
  'devices.reason.other': { en: 'Something else', es: 'Otro motivo' },
  'devices.release': { en: 'Let in again', es: 'Readmitir' },
  'devices.release.ask': {
    en: 'Let {label} in again? The hub saw its key used twice. Do this only if you looked and there is no copy: a copy would be let in too. If there may be one, shut it out instead.',
    es: '¿Readmitir {label}? El centro vio su clave usada dos veces. Hágalo solo si lo revisó y no hay copia: una copia también entraría. Si puede haberla, exclúyalo.'
  },

  'devices.posture.title': { en: 'What fails where', es: 'Qué falla y dónde' },
  'devices.posture.counted': {
    en: 'Over {count, plural, one {# device} other {# devices}} that the hub hears and believes.',
    es: 'Sobre {count, plural, one {# equipo} other {# equipos}} que el centro oye y cree.'
  },
  'devices.posture.left': {
    en: '{silent} silent and {disbelieved} not believed: nothing that these said is counted.',
    es: '{silent} sin respuesta y {disbelieved} no creídos: nada de lo que dijeron se cuenta.'
  },
  'devices.posture.none': {
    en: 'No device has told its checks. They show here with the first report.',
    es: 'Ningún equipo ha informado. Aparecerán aquí con el primer informe.'
  },
  'devices.posture.check': { en: 'Check', es: 'Revisión' },
  'devices.posture.share': { en: 'Share', es: 'Proporción' },
  'devices.posture.fail': { en: 'Fails', es: 'No cumple' },
  'devices.posture.unproven': { en: 'Not proven', es: 'Sin probar' },
  'devices.posture.pass': { en: 'Passes', es: 'Cumple' },
  'devices.posture.show': { en: 'Show devices', es: 'Ver equipos' }
} as const satisfies Area
