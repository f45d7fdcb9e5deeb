import type { Area } from './message'

/** Words for what people make of an alert: at the desk that it is about, and in the console. */
export const alertLife = {
  'life.title': { en: 'What people found', es: 'Qué se determinó' },
  'life.stage.raised': { en: 'Not answered yet', es: 'Sin respuesta' },
  'life.stage.acknowledged': { en: 'Being looked into', es: 'En revisión' },
  'life.stage.decided': { en: 'Decided', es: 'Decidido' },
  'life.stage.appealed': { en: 'Objection open', es: 'Objeción abierta' },
  'life.stage.closed': { en: 'Closed', es: 'Cerrado' },
  'life.level.lead': { en: 'Passed on to leads', es: 'Pasó a jefatura' },
  'life.level.on-call': { en: 'Passed on to who is on call', es: 'Pasó a la guardia' },
  'life.escalates': {
    en: 'Passed on at {time} if nobody answers.',
    es: 'Pasa a otra persona a las {time} si nadie responde.'
  },
  'life.verdict.agreed': { en: 'It was so', es: 'Fue así' },
  'life.verdict.false-alarm': { en: 'False alarm', es: 'Falsa alarma' },
  'life.reason.honest-mistake': { en: 'An honest mistake', es: 'Un descuido sin mala intención' },
  'life.reason.breach': { en: 'Against the rules', es: 'Contra las normas' },
  'life.reason.agreed-other': { en: 'Something else', es: 'Otro motivo' },
  'life.reason.mistaken-object': { en: 'It was another thing', es: 'Era otra cosa' },
  'life.reason.allowed': { en: 'It is allowed there', es: 'Allí está permitido' },
  'life.reason.technical': { en: 'A technical fault', es: 'Un fallo técnico' },
  'life.reason.false-other': { en: 'Something else', es: 'Otro motivo' },
  'life.decision': {
    en: '{verdict}: {reason}. Decided by {by}, {time}.',
    es: '{verdict}: {reason}. Decidió {by}, {time}.'
  },
  'life.appealUntil': {
    en: 'The advocate can object until {date}.',
    es: 'Quien atiende puede objetar hasta el {date}.'
  },
  'life.appeal': { en: 'The advocate objects', es: 'Quien atiende objeta' },
  'life.appeal.due': { en: 'Has to be answered by {date}.', es: 'Debe responderse antes del {date}.' },
  'life.appeal.upheld': { en: 'The objection was right', es: 'La objeción tenía razón' },
  'life.appeal.dismissed': { en: 'The decision stands', es: 'La decisión se mantiene' },
  'life.appeal.answered': { en: '{answer}. {by}, {time}.', es: '{answer}. {by}, {time}.' },
  'life.appeal.own': {
    en: 'You made this decision. Somebody else has to answer the objection.',
    es: 'Usted tomó esta decisión. La objeción debe responderla otra persona.'
  },
  'life.decide': { en: 'What did you find?', es: '¿Qué determinó?' },
  'life.decide.why': { en: 'Why?', es: '¿Por qué?' },
  'life.decide.note': { en: 'What you saw and did', es: 'Qué vio e hizo' },
  'life.decide.hint': {
    en: 'The advocate reads this. Name no member.',
    es: 'Lo lee quien atiende. No nombre a ningún afiliado.'
  },
  'life.decide.save': { en: 'Record the decision', es: 'Registrar la decisión' },
  'life.answer': { en: 'Answer the objection', es: 'Responder a la objeción' },
  'life.answer.save': { en: 'Send the answer', es: 'Enviar la respuesta' },
  'life.saving': { en: 'Sending…', es: 'Enviando…' },
  'life.failed': { en: 'Not recorded. {why}', es: 'No se registró. {why}' },
  'life.history': { en: 'Who did what, who saw it', es: 'Quién hizo qué y quién lo vio' },
  'life.history.read': {
    en: '{by} saw it {times, plural, one {# time} other {# times}}, last {time}',
    es: '{by} lo vio {times, plural, one {# vez} other {# veces}}, la última el {time}'
  },
  'life.act.alert-acknowledged': { en: '{by} acknowledged it', es: '{by} lo confirmó' },
  'life.act.alert-agreed': { en: '{by} found that it was so', es: '{by} determinó que fue así' },
  'life.act.alert-false-alarm': { en: '{by} found a false alarm', es: '{by} determinó una falsa alarma' },
  'life.act.appeal-upheld': { en: '{by} agreed with the objection', es: '{by} aceptó la objeción' },
  'life.act.appeal-dismissed': { en: '{by} let the decision stand', es: '{by} mantuvo la decisión' },
  'life.act.other': { en: '{by}: {act}', es: '{by}: {act}' },

  'alert.timeline.escalated-lead': { en: 'Passed on to leads', es: 'Pasó a jefatura' },
  'alert.timeline.escalated-on-call': { en: 'Passed on to who is on call', es: 'Pasó a la guardia' },
  'alert.timeline.agreed': { en: '{by} found that it was so', es: '{by} determinó que fue así' },
  'alert.timeline.false-alarm': { en: '{by} found a false alarm', es: '{by} determinó una falsa alarma' },
  'alert.timeline.appealed': { en: '{by} objected', es: '{by} objetó' },
  'alert.timeline.appeal-upheld': { en: '{by} agreed with the objection', es: '{by} aceptó la objeción' },
  'alert.timeline.appeal-dismissed': { en: '{by} let the decision stand', es: '{by} mantuvo la decisión' },
  'alert.timeline.closed': { en: 'Closed', es: 'Cerrado' },

  'nav.label': { en: 'Pages', es: 'Páginas' },
  'nav.board': { en: 'Board', es: 'Tablero' },
  'nav.review': { en: 'Alerts', es: 'Avisos' },
  'nav.reports': { en: 'Reports', es: 'Informes' },
  'nav.connections': { en: 'Connections', es: 'Conexiones' },

  'review.title': { en: 'Alerts', es: 'Avisos' },
  'review.stages': { en: 'Show alerts by stage', es: 'Mostrar avisos por etapa' },
  'review.stage.undecided': { en: 'To decide', es: 'Por decidir' },
  'review.stage.appealed': { en: 'Objections', es: 'Objeciones' },
  'review.stage.closed': { en: 'Closed', es: 'Cerrados' },
  'review.stage.all': { en: 'All', es: 'Todos' },
  'review.none': { en: 'No alert is at this stage.', es: 'Ningún aviso está en esta etapa.' },
  'review.noneHint': {
    en: 'An alert shows here as soon as a desk raises it.',
    es: 'Un aviso aparece aquí en cuanto un puesto lo genera.'
  },
  'review.more': { en: 'Show earlier ones', es: 'Mostrar anteriores' },
  'review.when': { en: 'When', es: 'Cuándo' },
  'review.who': { en: 'Who', es: 'Quién' },
  'review.rule': { en: 'What', es: 'Qué' },
  'review.stage': { en: 'Stage', es: 'Etapa' },
  'review.found': { en: 'Found', es: 'Resultado' },

  'report.title': { en: 'Reports', es: 'Informes' },
  'report.stretch': { en: 'Days', es: 'Días' },
  'report.stretch.1': { en: '24 hours', es: '24 horas' },
  'report.stretch.7': { en: '7 days', es: '7 días' },
  'report.stretch.30': { en: '30 days', es: '30 días' },
  'report.csv': { en: 'Save as CSV', es: 'Guardar como CSV' },
  'report.none': { en: 'No alert came in these days.', es: 'No hubo avisos en estos días.' },
  'report.byRule': { en: 'Alerts by rule', es: 'Avisos por regla' },
  'report.team': { en: 'Team', es: 'Equipo' },
  'report.team.all': { en: 'All teams', es: 'Todos los equipos' },
  'report.byTeam': { en: 'Alerts by team', es: 'Avisos por equipo' },
  'report.byHour': { en: 'Alerts by hour of the day', es: 'Avisos por hora del día' },
  'report.seconds': { en: '{count} s', es: '{count} s' },
  'report.column.rule': { en: 'Rule', es: 'Regla' },
  'report.column.raised': { en: 'Alerts', es: 'Avisos' },
  'report.column.agreed': { en: 'It was so', es: 'Fue así' },
  'report.column.falseAlarms': { en: 'False alarms', es: 'Falsas alarmas' },
  'report.column.share': { en: 'False of those decided', es: 'Falsas entre las decididas' },
  'report.column.p50': { en: 'Acknowledged in (median)', es: 'Confirmado en (mediana)' },
  'report.column.p95': { en: 'in 19 of 20 within', es: 'en 19 de 20, antes de' },
  'report.column.escalated': { en: 'Passed on', es: 'Pasaron a otros' },

  'shell.told.message': { en: '{by}, {time}: {text}', es: '{by}, {time}: {text}' },
  'shell.told.lock': {
    en: '{by} locked your screen at {time}.',
    es: '{by} bloqueó su pantalla a las {time}.'
  },
  'shell.told.unlock': {
    en: '{by} unlocked your screen at {time}.',
    es: '{by} desbloqueó su pantalla a las {time}.'
  },
  'shell.told.end-session': {
    en: '{by} ended your session at {time}.',
    es: '{by} cerró su sesión a las {time}.'
  },
  'shell.told.check': {
    en: '{by} asked for a look at your computer’s checks at {time}.',
    es: '{by} pidió revisar de nuevo su equipo a las {time}.'
  },

  'shell.told.reload-policy': {
    en: '{by} had this computer ask for newer rules at {time}.',
    es: '{by} hizo que este equipo pidiera reglas nuevas a las {time}.'
  },
  'shell.told.support': {
    en: '{by} turned on support at {time}.',
    es: '{by} activó la asistencia a las {time}.'
  },
  'shell.support': {
    en: 'Support until {time}, asked for by {by}: programs for help may run.',
    es: 'Asistencia hasta las {time}, pedida por {by}: pueden funcionar programas de ayuda.'
  },
  'shell.support.end': { en: 'End support', es: 'Terminar la asistencia' },

  'instruct.title': { en: 'Do something at this desk', es: 'Actuar en este puesto' },
  'instruct.lock': { en: 'Lock', es: 'Bloquear' },
  'instruct.unlock': { en: 'Unlock', es: 'Desbloquear' },
  'instruct.message': { en: 'Send a message', es: 'Enviar un mensaje' },
  'instruct.end-session': { en: 'End the session', es: 'Cerrar la sesión' },
  'instruct.check': { en: 'Check the computer again', es: 'Revisar el equipo de nuevo' },
  'instruct.reload-policy': { en: 'Get the newest rules', es: 'Obtener las reglas más nuevas' },
  'instruct.support': { en: 'Turn on support', es: 'Activar la asistencia' },
  'instruct.text': { en: 'Message to the advocate', es: 'Mensaje para quien atiende' },
  'instruct.hint': {
    en: 'It shows at their desk. Name no member.',
    es: 'Aparece en su puesto. No nombre a ningún afiliado.'
  },
  'instruct.seen': {
    en: 'Whatever you do here, the advocate is told who did it.',
    es: 'Quien atiende siempre ve quién actuó en su puesto.'
  },
  'instruct.failed': { en: 'Not asked. {why}', es: 'No se pidió. {why}' },
  'instruct.row': { en: '{what} · {by}, {time} · {status}', es: '{what} · {by}, {time} · {status}' },
  'instruct.status.waiting': { en: 'waiting for the desk', es: 'a la espera del puesto' },
  'instruct.status.expired': { en: 'the desk did not take it in time', es: 'el puesto no lo tomó a tiempo' },
  'instruct.status.done': { en: 'done', es: 'hecho' },
  'instruct.status.not-allowed': {
    en: 'the desk’s policy does not allow it',
    es: 'la política del puesto no lo permite'
  },
  'instruct.status.nobody-here': { en: 'nobody is signed in there', es: 'nadie ha iniciado sesión allí' },

  'shell.record': { en: 'My record', es: 'Mi registro' },
  'shell.record.detail': {
    en: 'What was noted about you in the last 60 days. Your supervisors see the same.',
    es: 'Lo que se anotó sobre usted en los últimos 60 días. Su supervisión ve lo mismo.'
  },
  'shell.record.unreachable': {
    en: 'The hub isn’t answering, so your record can’t be shown now.',
    es: 'El centro no responde, así que su registro no se puede mostrar ahora.'
  },
  'shell.record.none': { en: 'Nothing was noted about you.', es: 'No hay nada anotado sobre usted.' },
  'shell.record.decision': { en: '{verdict}: {reason}. “{note}”', es: '{verdict}: {reason}. «{note}»' },
  'shell.record.statement': { en: 'You said: “{statement}”', es: 'Usted dijo: «{statement}»' },
  'shell.record.due': {
    en: 'Somebody else answers it by {date}.',
    es: 'Otra persona responde antes del {date}.'
  },
  'shell.record.answer': { en: '{answer}. “{note}”', es: '{answer}. «{note}»' },
  'shell.record.until': { en: 'You can object until {date}.', es: 'Puede objetar hasta el {date}.' },
  'shell.record.object': { en: 'This is wrong', es: 'Esto no es correcto' },
  'shell.record.why': { en: 'What is wrong about it?', es: '¿Qué no es correcto?' },
  'shell.record.why.hint': {
    en: 'Your supervisors read this, and it is kept. Name no member.',
    es: 'Lo lee su supervisión y se guarda. No nombre a ningún afiliado.'
  },
  'shell.record.send': { en: 'Send my statement', es: 'Enviar mi declaración' },
  'shell.record.too-late': {
    en: 'Objecting to this isn’t possible any more. Talk to your supervisor.',
    es: 'Ya no es posible objetar. Hable con su supervisión.'
  },
  'shell.record.hub-unreachable': {
    en: 'Not sent: the hub isn’t answering. Try again in a moment.',
    es: 'No se envió: el centro no responde. Intente de nuevo en un momento.'
  }
} as const satisfies Area
