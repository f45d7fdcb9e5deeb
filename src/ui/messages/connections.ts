import type { Area } from './message'

/** IT's page about other systems: keys, channels, what could not be delivered. */
export const connections = {
  'connections.title': { en: 'Connections', es: 'Conexiones' },
  'connections.intro': {
    en: 'Other systems tell the hub about calls and shifts with a key, and are told by channels.',
    es: 'Otros sistemas informan al centro de llamadas y turnos con una clave, y se les avisa por canales.'
  },
  'connections.keys': { en: 'Keys', es: 'Claves' },
  'connections.keys.none': {
    en: 'There is no key. Make one for each system that tells the hub something.',
    es: 'No hay ninguna clave. Cree una para cada sistema que informe al centro.'
  },
  'connections.key.new': { en: 'New key', es: 'Clave nueva' },
  'connections.key.make': { en: 'Make the key', es: 'Crear la clave' },
  'connections.name': { en: 'Name', es: 'Nombre' },
  'connections.name.hint': { en: 'Which system it is for', es: 'Para qué sistema es' },
  'connections.scopes': { en: 'What it may do', es: 'Qué puede hacer' },
  'connections.scope.calls.write': {
    en: 'Tell calls and their figures',
    es: 'Informar de llamadas y sus cifras'
  },
  'connections.scope.schedule.write': { en: 'Tell schedules', es: 'Informar de horarios' },
  'connections.scope.certifications.write': {
    en: 'Tell licences and certifications',
    es: 'Informar de licencias y certificaciones'
  },
  'connections.scope.readiness.read': {
    en: 'Ask who is ready for calls',
    es: 'Preguntar quién está disponible'
  },
  'connections.life': { en: 'Ends', es: 'Vence' },
  'connections.life.90': { en: 'in 90 days', es: 'en 90 días' },
  'connections.life.365': { en: 'in a year', es: 'en un año' },
  'connections.life.never': { en: 'never', es: 'nunca' },
  'connections.key': { en: 'Key', es: 'Clave' },
  'connections.made': { en: 'Made', es: 'Creada' },
  'connections.made.by': { en: '{time}, {by}', es: '{time}, {by}' },
  'connections.used': { en: 'Last used', es: 'Último uso' },
  'connections.used.never': { en: 'never', es: 'nunca' },
  'connections.state': { en: 'State', es: 'Estado' },
  'connections.state.good': { en: 'in use', es: 'en uso' },
  'connections.state.expired': { en: 'expired', es: 'vencida' },
  'connections.state.revoked': { en: 'revoked', es: 'revocada' },
  'connections.revoke': { en: 'Revoke', es: 'Revocar' },
  'connections.revoke.ask': {
    en: 'Revoke {name}? The system that uses it is refused from now on. This can’t be undone.',
    es: '¿Revocar {name}? El sistema que la usa será rechazado desde ahora. No se puede deshacer.'
  },
  'connections.act': { en: 'Act', es: 'Acción' },
  'connections.channels': { en: 'Channels', es: 'Canales' },
  'connections.channels.none': {
    en: 'Nobody is told beside the console. Add a webhook for telephony or on-call, or an e-mail address.',
    es: 'No se avisa a nadie fuera de la consola. Añada un webhook para telefonía o guardia, o un correo.'
  },
  'connections.channel.new': { en: 'New channel', es: 'Canal nuevo' },
  'connections.channel.make': { en: 'Make the channel', es: 'Crear el canal' },
  'connections.channel.name': { en: 'Channel', es: 'Canal' },
  'connections.kind': { en: 'Way', es: 'Vía' },
  'connections.kind.webhook': { en: 'Webhook', es: 'Webhook' },
  'connections.kind.email': { en: 'E-mail', es: 'Correo' },
  'connections.target.webhook': { en: 'Address, beginning with https', es: 'Dirección, empieza por https' },
  'connections.target.email': { en: 'E-mail address', es: 'Correo electrónico' },
  'connections.noMail': {
    en: 'This hub has no mail server, so only webhooks can be made.',
    es: 'Este centro no tiene servidor de correo, así que solo puede crear webhooks.'
  },
  'connections.events': { en: 'Told of', es: 'Avisa de' },
  'connections.event.readiness': {
    en: 'Who is ready for calls, and who is not',
    es: 'Quién está disponible para llamadas y quién no'
  },
  'connections.event.alert-raised': { en: 'New alerts', es: 'Avisos nuevos' },
  'connections.event.alert-escalated': { en: 'Alerts passed on', es: 'Avisos pasados a otros' },
  'connections.team.all': { en: 'all teams', es: 'todos los equipos' },
  'connections.delivery': { en: 'Delivery', es: 'Entrega' },
  'connections.delivery.words': {
    en: '{waiting} waiting, {dead} not delivered',
    es: '{waiting} en espera, {dead} sin entregar'
  },
  'connections.retire': { en: 'Retire', es: 'Retirar' },
  'connections.retire.ask': {
    en: 'Retire {name}? It is told nothing more, and what waits for it is dropped. This can’t be undone.',
    es: '¿Retirar {name}? No se le avisará más y se descarta lo que espera. No se puede deshacer.'
  },
  'connections.dead': { en: 'Not delivered', es: 'Sin entregar' },
  'connections.dead.none': {
    en: 'Everything that was given up shows here. Nothing was.',
    es: 'Aquí aparece todo lo que no se pudo entregar. No hay nada.'
  },
  'connections.dead.what': { en: 'What', es: 'Qué' },
  'connections.dead.when': { en: 'When', es: 'Cuándo' },
  'connections.dead.why': { en: 'Why', es: 'Por qué' },
  'connections.dead.tries': {
    en: '{problem}, {count, plural, one {# try} other {# tries}}',
    es: '{problem}, {count, plural, one {# intento} other {# intentos}}'
  },
  'connections.resend': { en: 'Send again', es: 'Enviar de nuevo' },
  'connections.resend.overtaken': {
    en: 'It was overtaken: something newer was told since, or its channel is retired.',
    es: 'Ya fue superado: se informó de algo más nuevo, o su canal está retirado.'
  },
  'connections.once.key': {
    en: 'Copy this key now. It is shown this once, and nobody can look it up later.',
    es: 'Copie esta clave ahora. Solo se muestra esta vez y nadie podrá verla después.'
  },
  'connections.once.secret': {
    en: 'Copy this secret now: the other system checks our signature with it. It is shown this once.',
    es: 'Copie este secreto ahora: el otro sistema comprueba nuestra firma con él. Solo se muestra esta vez.'
  },
  'connections.once.done': { en: 'I have copied it', es: 'Ya lo he copiado' },
  'connections.saving': { en: 'Saving…', es: 'Guardando…' },
  'connections.refused': {
    en: 'The hub did not take it. Look at the address, and that it is reachable by https.',
    es: 'El centro no lo aceptó. Revise la dirección y que se alcance por https.'
  },
  'connections.failed': { en: 'That did not work: {why}', es: 'No funcionó: {why}' },
  'connections.confirm': { en: 'Yes, do it', es: 'Sí, hacerlo' }
} as const satisfies Area
