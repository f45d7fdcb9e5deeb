import type { Area } from './message'

/** Words for break-glass: one check waived for a while, at the desk and in the console. */
export const breakGlass = {
  'glass.ask': { en: 'Ask for an exception', es: 'Pedir una excepción' },
  'glass.ask.title': { en: 'Exception for “{check}”', es: 'Excepción para «{check}»' },
  'glass.ask.detail': {
    en: 'Somebody else has to grant it: a supervisor or IT. It counts for this check at this desk alone, for an hour at most, and everything about it is recorded.',
    es: 'La concede otra persona: un supervisor o TI. Vale solo para esta comprobación en este puesto, una hora como máximo, y todo queda registrado.'
  },
  'glass.ask.why': { en: 'Why do you need it?', es: '¿Por qué la necesita?' },
  'glass.ask.missing': { en: 'Choose a reason.', es: 'Elija un motivo.' },
  'glass.ask.send': { en: 'Ask now', es: 'Pedirla' },
  'glass.ask.busy': {
    en: 'One exception at a time: yours is not over yet.',
    es: 'Solo una excepción a la vez: la suya aún no terminó.'
  },

  'glass.follows.warn': {
    en: 'Your supervisor sees it. A supervisor or IT can make an exception.',
    es: 'Su supervisor lo ve. Un supervisor o TI puede hacer una excepción.'
  },
  'glass.follows.block': {
    en: 'Your screen stays hidden until it passes. A supervisor or IT can make an exception.',
    es: 'Su pantalla queda oculta hasta que se cumpla. Un supervisor o TI puede hacer una excepción.'
  },

  'glass.reason.cannot-mend-now': {
    en: 'I cannot put it right myself just now',
    es: 'No puedo corregirlo por mi cuenta ahora'
  },
  'glass.reason.member-waiting': { en: 'A member is waiting', es: 'Un afiliado está esperando' },
  'glass.reason.answer-is-wrong': { en: 'The check is wrong', es: 'La comprobación se equivoca' },
  'glass.reason.it-advised': { en: 'IT told me to ask', es: 'TI me indicó pedirla' },

  'glass.state.asked': {
    en: 'You asked for an exception for “{check}” at {time}. A supervisor or IT decides on it.',
    es: 'Pidió una excepción para «{check}» a las {time}. Decide un supervisor o TI.'
  },
  'glass.state.running': {
    en: '“{check}” has no consequences until {time}: {left} left. Granted by {approver}, and recorded.',
    es: '«{check}» no tiene consecuencias hasta las {time}: quedan {left}. Concedida por {approver} y registrada.'
  },
  'glass.left.minutes': {
    en: '{count, plural, one {# minute} other {# minutes}}',
    es: '{count, plural, one {# minuto} other {# minutos}}'
  },
  'glass.left.less': { en: 'less than a minute', es: 'menos de un minuto' },
  'glass.over.time-over': {
    en: 'The exception for “{check}” is over.',
    es: 'La excepción para «{check}» terminó.'
  },
  'glass.over.signed-out': {
    en: 'The exception for “{check}” ended with your shift.',
    es: 'La excepción para «{check}» terminó con su turno.'
  },
  'glass.over.taken-back': {
    en: 'The exception for “{check}” was taken back.',
    es: 'La excepción para «{check}» fue retirada.'
  },
  'glass.over.policy-changed': {
    en: 'The exception for “{check}” ended: the policy changed.',
    es: 'La excepción para «{check}» terminó: cambió la política.'
  },
  'glass.over.same-person': {
    en: 'The exception for “{check}” ended: nobody grants one to themselves.',
    es: 'La excepción para «{check}» terminó: nadie se la concede a sí mismo.'
  },
  'glass.over.program-ended': {
    en: 'The exception for “{check}” ended with the program.',
    es: 'La excepción para «{check}» terminó con el programa.'
  },
  'glass.over.declined': {
    en: 'The exception for “{check}” was declined. Ask your supervisor why.',
    es: 'La excepción para «{check}» fue rechazada. Pregunte a su supervisor.'
  },
  'glass.over.not-answered': {
    en: 'Nobody answered your request for “{check}” within half an hour. You can ask again.',
    es: 'Nadie respondió a su solicitud para «{check}» en media hora. Puede pedirla de nuevo.'
  },
  'glass.over.refused': {
    en: 'What came as an exception for “{check}” is not valid. IT was told. You can ask again.',
    es: 'Lo que llegó como excepción para «{check}» no es válido. TI fue avisado. Puede pedirla de nuevo.'
  },

  'glass.desk.title': { en: 'Exceptions', es: 'Excepciones' },
  'glass.desk.none': { en: 'None asked for today.', es: 'Ninguna solicitud hoy.' },
  'glass.desk.failed': {
    en: 'The requests could not be loaded. They are asked for again by themselves.',
    es: 'No se pudieron cargar las solicitudes. Se vuelve a intentar solo.'
  },
  'glass.status.asked': { en: 'asked at {time}', es: 'pedida a las {time}' },
  'glass.status.granted': {
    en: 'granted, the desk has not begun',
    es: 'concedida, el puesto no ha empezado'
  },
  'glass.status.running': { en: 'in use since {time}', es: 'en uso desde las {time}' },
  'glass.status.ended': { en: 'over', es: 'terminada' },
  'glass.status.declined': { en: 'declined', es: 'rechazada' },
  'glass.status.closed': { en: 'closed', es: 'cerrada' },
  'glass.status.expired': { en: 'nobody answered in time', es: 'nadie respondió a tiempo' },
  'glass.for-minutes': {
    en: 'for {count, plural, one {# minute} other {# minutes}}',
    es: 'por {count, plural, one {# minuto} other {# minutos}}'
  },
  'glass.decided': { en: '{by}: {note}', es: '{by}: {note}' },
  'glass.may.answered': { en: 'It can no longer be answered.', es: 'Ya no se puede responder.' },
  'glass.may.nobody-may': {
    en: 'The policy lets nobody grant exceptions.',
    es: 'La política no permite que nadie conceda excepciones.'
  },
  'glass.may.not-an-approver': {
    en: 'The policy does not name you as an approver. Ask one of them, or IT.',
    es: 'La política no le nombra como aprobador. Pida ayuda a uno o a TI.'
  },
  'glass.may.not-waivable': {
    en: 'The policy does not let this check be waived.',
    es: 'La política no permite exceptuar esta comprobación.'
  },
  'glass.may.same-person': {
    en: 'It takes somebody else: nobody grants one to their own desk.',
    es: 'Tiene que ser otra persona: nadie la concede a su propio puesto.'
  },
  'glass.may.command-line': {
    en: 'You sign on the command line: havendesk break-glass grant --request {request}',
    es: 'Usted firma en la línea de comandos: havendesk break-glass grant --request {request}'
  },
  'glass.grant': { en: 'Grant…', es: 'Conceder…' },
  'glass.decline': { en: 'Decline…', es: 'Rechazar…' },
  'glass.take-back': { en: 'Take back…', es: 'Retirar…' },
  'glass.dialog.grant': { en: 'Grant an exception', es: 'Conceder una excepción' },
  'glass.dialog.decline': { en: 'Say no', es: 'Decir que no' },
  'glass.dialog.what': {
    en: '“{check}” will have no consequences at the desk of {name} while it lasts. Everything else goes on as it is.',
    es: '«{check}» no tendrá consecuencias en el puesto de {name} mientras dure. Todo lo demás sigue igual.'
  },
  'glass.dialog.nobody': { en: 'nobody signed in yet', es: 'nadie ha iniciado sesión' },
  'glass.dialog.minutes': { en: 'For how long', es: 'Por cuánto tiempo' },
  'glass.dialog.note': { en: 'Why, for the record', es: 'Motivo, para el registro' },
  'glass.dialog.note.hint': {
    en: 'Ten characters at least. Nothing about members.',
    es: 'Al menos diez caracteres. Nada sobre afiliados.'
  },
  'glass.dialog.sign': { en: 'Grant with your security key', es: 'Conceder con su llave de seguridad' },
  'glass.dialog.signing': { en: 'Touch your security key', es: 'Toque su llave de seguridad' },
  'glass.dialog.recorded': {
    en: 'Your name, the time and this reason are recorded, and the desk’s alert stays open until it is over.',
    es: 'Se registran su nombre, la hora y este motivo, y la alerta del puesto sigue abierta hasta que termine.'
  },
  'glass.dialog.key-failed': {
    en: 'The security key gave no signature. Try again, or ask IT whether it is the one in the policy.',
    es: 'La llave de seguridad no firmó. Intente de nuevo o pregunte a TI si es la de la política.'
  },

  'glass.key': { en: 'Set up a key for exceptions', es: 'Preparar una llave para excepciones' },
  'glass.key.detail': {
    en: 'Makes a passkey on this computer or your security key. Give these lines to IT; they count once IT has signed them into the policy.',
    es: 'Crea una llave de acceso en este equipo o en su llave de seguridad. Entregue estas líneas a TI; valen cuando TI las firme en la política.'
  },
  'glass.key.make': { en: 'Make a key', es: 'Crear una llave' },
  'glass.key.lines': { en: 'Lines for the policy', es: 'Líneas para la política' }
} as const satisfies Area
