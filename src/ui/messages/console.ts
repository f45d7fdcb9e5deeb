import type { Area } from './message'

/** Texts of the supervisors' console. */
export const consoleMessages = {
  'console.title': { en: 'Havendesk console', es: 'Consola de Havendesk' },
  'console.titleWithOpen': {
    en: '({count}) Havendesk console',
    es: '({count}) Consola de Havendesk'
  },
  'console.skip': { en: 'Skip to the content', es: 'Ir al contenido' },

  'console.signIn.heading': { en: 'Sign in to the console', es: 'Inicie sesión en la consola' },
  'console.signIn.intro': {
    en: 'See your team’s desks and answer their alerts.',
    es: 'Vea los puestos de su equipo y responda a sus avisos.'
  },
  'console.signIn.over': {
    en: 'Your session is over. Sign in to go on where you were.',
    es: 'Su sesión terminó. Inicie sesión para seguir donde estaba.'
  },
  'console.signIn.wrong': {
    en: 'This email and password don’t go together. Check both and try again.',
    es: 'El correo y la contraseña no coinciden. Revíselos e intente de nuevo.'
  },
  'console.signIn.tooMany': {
    en: 'That was tried too often. Wait a minute, then try again.',
    es: 'Se intentó demasiadas veces. Espere un minuto e intente de nuevo.'
  },
  'console.signIn.forbidden': {
    en: 'This account has no console. Ask IT if you need one.',
    es: 'Esta cuenta no tiene consola. Pídala al equipo técnico si la necesita.'
  },
  'console.signIn.emailMissing': { en: 'Enter your email.', es: 'Escriba su correo.' },
  'console.signIn.passwordMissing': { en: 'Enter your password.', es: 'Escriba su contraseña.' },

  'console.failure.unreachable': { en: 'The hub isn’t answering.', es: 'El centro no responde.' },
  'console.failure.unreachable.remedy': {
    en: 'We keep trying. If it lasts, check your network or ask IT.',
    es: 'Seguimos intentando. Si continúa, revise su red o consulte al equipo técnico.'
  },
  'console.failure.not-understood': {
    en: 'The hub’s answer doesn’t fit this page.',
    es: 'La respuesta del centro no corresponde a esta página.'
  },
  'console.failure.not-understood.remedy': {
    en: 'One of them is of another version. Load the page again; if it stays, tell IT: {detail}',
    es: 'Son de versiones distintas. Vuelva a cargar la página; si continúa, avise al equipo técnico: {detail}'
  },
  'console.failure.refused': { en: 'The hub didn’t accept this.', es: 'El centro no lo aceptó.' },
  'console.failure.refused.remedy': {
    en: 'Try again. If it stays, tell IT this code: {code}',
    es: 'Intente de nuevo. Si continúa, indique este código al equipo técnico: {code}'
  },
  'console.failure.signed-out': { en: 'Your session is over.', es: 'Su sesión terminó.' },
  'console.failure.crash': { en: 'This page stopped working.', es: 'Esta página dejó de funcionar.' },
  'console.failure.crash.remedy': {
    en: 'Alerts are safe at the hub. Load the page again to see them.',
    es: 'Los avisos están a salvo en el centro. Vuelva a cargar la página para verlos.'
  },
  'console.failure.reload': { en: 'Load the page again', es: 'Volver a cargar la página' },

  'console.line.connecting': { en: 'Connecting…', es: 'Conectando…' },
  'console.line.live': { en: 'Live', es: 'En directo' },
  'console.line.lost': {
    en: 'Line lost since {time}, trying again…',
    es: 'Sin línea desde las {time}, reintentando…'
  },
  'console.line.stale': {
    en: 'What you see is from {time}. Newer changes show when the line is back; no alert is lost.',
    es: 'Lo que ve es de las {time}. Los cambios nuevos aparecerán cuando vuelva la línea; ningún aviso se pierde.'
  },

  'console.menu': { en: 'Account and settings of {name}', es: 'Cuenta y ajustes de {name}' },
  'console.menu.appearance': { en: 'Appearance', es: 'Apariencia' },
  'console.menu.light': { en: 'Light', es: 'Clara' },
  'console.menu.dark': { en: 'Dark', es: 'Oscura' },
  'console.menu.auto': { en: 'As this computer', es: 'Como este equipo' },
  'console.menu.keys': { en: 'Single-key shortcuts', es: 'Atajos de una tecla' },
  'console.menu.role.supervisor': { en: 'Supervisor', es: 'Supervisión' },
  'console.menu.role.lead': { en: 'Lead', es: 'Jefatura' },
  'console.menu.role.compliance': { en: 'Compliance', es: 'Cumplimiento' },
  'console.menu.role.auditor': { en: 'Auditor', es: 'Auditoría' },
  'console.menu.role.it': { en: 'IT', es: 'Equipo técnico' },

  'board.incidents': { en: 'Needs you', es: 'Requiere su atención' },
  'board.incidents.count': {
    en: '{count, plural, one {# open alert} other {# open alerts}}',
    es: '{count, plural, one {# aviso abierto} other {# avisos abiertos}}'
  },
  'board.incidents.none': { en: 'Nothing needs you now.', es: 'Nada requiere su atención ahora.' },
  'board.incidents.noneHint': {
    en: 'When a desk hides itself or someone asks for help, it shows here within a second.',
    es: 'Cuando un puesto se oculte o alguien pida ayuda, aparecerá aquí en un segundo.'
  },
  'board.more': { en: 'Show {count} more', es: 'Mostrar {count} más' },
  'board.desks': { en: 'Desks', es: 'Puestos' },
  'board.desks.none': { en: 'No desk is enrolled yet.', es: 'Todavía no hay puestos inscritos.' },
  'board.desks.noneHint': {
    en: 'A desk shows here once IT has enrolled its computer for your team.',
    es: 'Un puesto aparece aquí cuando el equipo técnico inscribe su computadora en su equipo.'
  },
  'board.filter': { en: 'Filter desks', es: 'Filtrar puestos' },
  'board.filter.hint': { en: 'Name, state or reason', es: 'Nombre, estado o motivo' },
  'board.filter.clear': { en: 'Clear the filter', es: 'Quitar el filtro' },
  'board.filter.shown': {
    en: '{shown} of {count, plural, one {# desk} other {# desks}}',
    es: '{shown} de {count, plural, one {# puesto} other {# puestos}}'
  },
  'board.filter.none': {
    en: 'No desk matches “{query}”.',
    es: 'Ningún puesto coincide con “{query}”.'
  },
  'board.filter.noneInGroup': {
    en: 'No desk is in this state now.',
    es: 'Ningún puesto está en este estado ahora.'
  },
  'board.group.all': { en: 'All', es: 'Todos' },
  'board.group.shown': { en: 'All well', es: 'Todo bien' },
  'board.group.hidden': { en: 'Hidden', es: 'Ocultos' },
  'board.group.unknown': { en: 'No contact', es: 'Sin contacto' },
  'board.group.off': { en: 'Not at work', es: 'Fuera de turno' },
  'board.groups': { en: 'Show desks by state', es: 'Mostrar puestos por estado' },
  'board.handled': { en: 'Handled in the last hour', es: 'Atendidos en la última hora' },
  'board.loading': { en: 'Loading the board', es: 'Cargando el tablero' },
  'board.announce': { en: '{name}: {rule}.', es: '{name}: {rule}.' },
  'board.announceMany': {
    en: '{count, plural, one {# new alert} other {# new alerts}}.',
    es: '{count, plural, one {# aviso nuevo} other {# avisos nuevos}}.'
  },

  'desk.computer': { en: 'Computer', es: 'Equipo' },
  'desk.computer.none': {
    en: 'This desk has not told of its computer yet.',
    es: 'Este puesto todavía no informó sobre su equipo.'
  },
  'desk.computer.failed': {
    en: 'The checks could not be loaded. They are asked for again by themselves.',
    es: 'No se pudieron cargar las revisiones. Se piden de nuevo por sí solas.'
  },
  'desk.computer.follows.report': { en: 'only reported', es: 'solo se informa' },
  'desk.computer.follows.warn': { en: 'warns at the desk', es: 'avisa en el puesto' },
  'desk.computer.follows.block': { en: 'hides the desk', es: 'oculta el puesto' },
  'desk.simulated': { en: 'simulated', es: 'simulado' },
  'desk.state.shown': { en: 'All well', es: 'Todo bien' },
  'desk.state.hidden': { en: 'Hidden', es: 'Oculto' },
  'desk.state.exception': { en: 'Under an exception', es: 'Con excepción' },
  'desk.state.locked': { en: 'Locked', es: 'Bloqueado' },
  'desk.state.help': { en: 'Asks for help', es: 'Pide ayuda' },
  'desk.state.unknown': { en: 'No contact', es: 'Sin contacto' },
  'desk.state.starting': { en: 'Starting', es: 'Iniciando' },
  'desk.state.signed-out': { en: 'Signed out', es: 'Sin sesión' },
  'desk.state.quarantined': { en: 'Copied', es: 'Copiado' },
  'desk.state.revoked': { en: 'Shut out', es: 'Retirado' },
  'desk.state.unproven': { en: 'Not proven', es: 'Sin comprobar' },
  'desk.sentence.quarantined': {
    en: '{name}: a second computer signs in as this one. Neither can work until IT has looked at it.',
    es: '{name}: otro equipo se presenta como este. Ninguno puede trabajar hasta que TI lo revise.'
  },
  'desk.sentence.revoked': {
    en: '{name}: IT has withdrawn this computer from work.',
    es: '{name}: TI ha retirado este equipo del trabajo.'
  },
  'desk.sentence.unproven': {
    en: '{name}: this computer has not proven that it is as IT set it up, so what it says does not count.',
    es: '{name}: este equipo no ha demostrado que está como TI lo preparó, así que lo que dice no cuenta.'
  },
  'desk.sentence.shown': {
    en: '{name}: at work since {time}.',
    es: '{name}: en su puesto desde las {time}.'
  },
  'desk.sentence.shownWith': {
    en: '{name}: at work since {time}, {reasons}.',
    es: '{name}: en su puesto desde las {time}, {reasons}.'
  },
  'desk.sentence.hidden': {
    en: '{name}: hidden since {time}, {reasons}.',
    es: '{name}: pantalla oculta desde las {time}, {reasons}.'
  },
  'desk.sentence.locked': {
    en: '{name}: locked since {time}, {reasons}.',
    es: '{name}: pantalla bloqueada desde las {time}, {reasons}.'
  },
  'desk.sentence.hiddenPlain': {
    en: '{name}: hidden since {time}.',
    es: '{name}: pantalla oculta desde las {time}.'
  },
  'desk.sentence.unknown': {
    en: '{name}: nothing heard since {time}. The screen hides itself when the hub stays out of reach.',
    es: '{name}: sin noticias desde las {time}. La pantalla se oculta sola si el centro sigue fuera de alcance.'
  },
  'desk.sentence.starting': {
    en: '{name}: starting since {time}.',
    es: '{name}: iniciando desde las {time}.'
  },
  'desk.sentence.signed-out': {
    en: '{name}: nobody signed in since {time}.',
    es: '{name}: sin sesión desde las {time}.'
  },
  'desk.heard': { en: 'Last heard', es: 'Última noticia' },
  'desk.heard.never': { en: 'never', es: 'nunca' },
  'desk.label': { en: 'Workstation', es: 'Equipo' },
  'desk.checks': { en: 'Checks', es: 'Revisiones' },
  'desk.alerts': { en: 'Alerts in the last hour', es: 'Avisos de la última hora' },
  'desk.alerts.none': { en: 'None.', es: 'Ninguno.' },
  'desk.gone': { en: 'This desk is no longer on your board.', es: 'Este puesto ya no está en su tablero.' },

  'alert.times': {
    en: '{count, plural, =1 {first time today} =2 {second time today} =3 {third time today} =4 {fourth time today} =5 {fifth time today} other {# times today}}',
    es: '{count, plural, =1 {primera vez hoy} =2 {segunda vez hoy} =3 {tercera vez hoy} =4 {cuarta vez hoy} =5 {quinta vez hoy} other {# veces hoy}}'
  },
  'alert.sentence.locked': {
    en: '{name}: locked since {time}, {reason} ({times}).',
    es: '{name}: pantalla bloqueada desde las {time}, {reason} ({times}).'
  },
  'alert.sentence.hidden': {
    en: '{name}: hidden since {time}, {reason} ({times}).',
    es: '{name}: pantalla oculta desde las {time}, {reason} ({times}).'
  },
  'alert.sentence.wasHidden': {
    en: '{name}: was hidden from {time} for {length}, {reason} ({times}).',
    es: '{name}: pantalla oculta desde las {time} durante {length}, {reason} ({times}).'
  },
  'alert.sentence.seen': {
    en: '{name}: {reason} since {time} ({times}).',
    es: '{name}: {reason} desde las {time} ({times}).'
  },
  'alert.sentence.wasSeen': {
    en: '{name}: {reason} from {time} for {length} ({times}).',
    es: '{name}: {reason} desde las {time} durante {length} ({times}).'
  },
  'alert.card.hidden': { en: 'Hidden since {time}', es: 'Oculto desde las {time}' },
  'alert.card.seen': { en: 'Since {time}', es: 'Desde las {time}' },
  'alert.card.locked': { en: 'Locked since {time}', es: 'Bloqueado desde las {time}' },
  'alert.merged': {
    en: 'came {count} times, counted as one',
    es: 'ocurrió {count} veces, cuenta como una'
  },
  'alert.response': { en: 'What followed', es: 'Qué siguió' },
  'alert.response.log': {
    en: 'It was noted. The screen stayed.',
    es: 'Se anotó. La pantalla siguió visible.'
  },
  'alert.response.warn': {
    en: 'The person was told at once. The screen stayed.',
    es: 'Se avisó a la persona en el momento. La pantalla siguió visible.'
  },
  'alert.response.blank': { en: 'The screen was hidden.', es: 'La pantalla se ocultó.' },
  'alert.response.lock': {
    en: 'The screen was locked. It opens when the person ends the shift and signs in again.',
    es: 'La pantalla se bloqueó. Se abre cuando la persona termina el turno e inicia sesión de nuevo.'
  },
  'alert.review': {
    en: 'An estimate that can be wrong. Look at it with the person before you decide.',
    es: 'Es una estimación y puede fallar. Revísela con la persona antes de decidir.'
  },
  'alert.card.over': { en: 'Over after {length}', es: 'Terminó tras {length}' },
  'alert.active': { en: 'Still there', es: 'Sigue ahí' },
  'alert.waiting': { en: 'Waiting', es: 'En espera' },
  'alert.over': { en: 'Over', es: 'Terminó' },
  'alert.acknowledge': { en: 'Acknowledge', es: 'Confirmar' },
  'alert.acknowledgeOf': { en: 'Acknowledge: {name}, {rule}', es: 'Confirmar: {name}, {rule}' },
  'alert.acknowledgeFailed': {
    en: 'Not recorded. {why} Try again.',
    es: 'No quedó registrado. {why} Intente de nuevo.'
  },
  'alert.acknowledged': { en: 'Acknowledged by {by} at {time}', es: 'Confirmado por {by} a las {time}' },
  'alert.details': { en: 'Details', es: 'Detalles' },
  'alert.detailsOf': { en: 'Details: {name}, {rule}', es: 'Detalles: {name}, {rule}' },
  'alert.previous': { en: 'Previous', es: 'Anterior' },
  'alert.next': { en: 'Next', es: 'Siguiente' },
  'alert.position': {
    en: '{at, number} of {count, number} open',
    es: '{at, number} de {count, number} abiertos'
  },
  'alert.seen': { en: 'What was seen', es: 'Qué se vio' },
  'alert.happened': { en: 'What happened', es: 'Qué pasó' },
  'alert.fact': { en: 'A fact, not an estimate.', es: 'Un hecho, no una estimación.' },
  'alert.timeline': { en: 'Time line', es: 'Cronología' },
  'alert.timeline.seen': { en: 'Began at the desk', es: 'Comenzó en el puesto' },
  'alert.timeline.received': { en: 'Received by the hub', es: 'Recibido por el centro' },
  'alert.timeline.delivered': { en: 'Shown to {by}', es: 'Mostrado a {by}' },
  'alert.timeline.acknowledged': { en: 'Acknowledged by {by}', es: 'Confirmado por {by}' },
  'alert.timeline.ended': { en: 'Over at the desk', es: 'Terminó en el puesto' },
  'alert.timeline.somebody': { en: 'a supervisor', es: 'supervisión' },
  'alert.facts': { en: 'The device', es: 'El equipo' },
  'alert.facts.build': { en: 'Program', es: 'Programa' },
  'alert.facts.flavour': { en: 'Kind of build', es: 'Tipo de compilación' },
  'alert.facts.flavour.release': { en: 'release', es: 'definitiva' },
  'alert.facts.flavour.test': { en: 'test', es: 'prueba' },
  'alert.facts.flavour.demo': { en: 'demo', es: 'demostración' },
  'alert.facts.key': { en: 'Device key', es: 'Clave del equipo' },
  'alert.facts.key.keychain': { en: 'in the system keychain', es: 'en el llavero del sistema' },
  'alert.facts.key.tpm': { en: 'in the TPM', es: 'en el TPM' },
  'alert.facts.attestation': { en: 'Attestation', es: 'Atestación' },
  'alert.facts.attestation.none': { en: 'none before this alert', es: 'ninguna antes de esta alerta' },
  'alert.facts.attestation.allowed': { en: 'allowed program, {time}', es: 'programa permitido, {time}' },
  'alert.facts.attestation.quoted': {
    en: 'measured by the TPM, {time}',
    es: 'medido por el TPM, {time}'
  },
  'alert.facts.attestation.reported': {
    en: 'a program that is on no list, {time}',
    es: 'un programa que no está en ninguna lista, {time}'
  },
  'alert.facts.model': { en: 'Detector', es: 'Detector' },
  'alert.facts.policy': { en: 'Policy', es: 'Política' },
  'alert.facts.policyVersion': { en: 'version {version}', es: 'versión {version}' },
  'alert.gone': { en: 'This alert is no longer on the board.', es: 'Este aviso ya no está en el tablero.' },
  'alert.goneHint': {
    en: 'Acknowledged alerts leave the board after an hour.',
    es: 'Los avisos atendidos salen del tablero después de una hora.'
  },

  'keys.heading': { en: 'Keys', es: 'Teclas' },
  'keys.next': { en: 'next alert', es: 'aviso siguiente' },
  'keys.previous': { en: 'previous alert', es: 'aviso anterior' },
  'keys.acknowledge': { en: 'acknowledge', es: 'confirmar' },
  'keys.close': { en: 'close', es: 'cerrar' },
  'keys.filter': { en: 'filter', es: 'filtrar' }
} as const satisfies Area
