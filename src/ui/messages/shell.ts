import type { Area } from './message'

/** Texts of the workstation's shell. */
export const shell = {
  'shell.title': { en: 'Havendesk workstation', es: 'Puesto de trabajo Havendesk' },
  'shell.end-demo': { en: 'End demo', es: 'Terminar demo' },
  'shell.test': { en: 'Test', es: 'Prueba' },
  'shell.strip': { en: 'Your shift', es: 'Su turno' },
  'shell.shift': { en: 'Shift {length}', es: 'Turno {length}' },
  'shell.shift.starting': { en: 'Shift just started', es: 'El turno acaba de empezar' },

  'shell.camera.starting': { en: 'Camera starting', es: 'Cámara iniciándose' },
  'shell.camera.live': { en: 'Camera on', es: 'Cámara encendida' },
  'shell.camera.lost': { en: 'Camera off', es: 'Cámara apagada' },
  'shell.room.checking': { en: 'looking at the room', es: 'mirando la sala' },
  'shell.room.clear': {
    en: 'nothing seen that hides your screen',
    es: 'nada a la vista que oculte su pantalla'
  },
  'shell.people': {
    en: '{count, plural, =0 {nobody in view} one {# person} other {# people}}',
    es: '{count, plural, =0 {nadie a la vista} one {# persona} other {# personas}}'
  },
  'shell.phone.absent': { en: 'no phone seen', es: 'sin teléfono' },
  'shell.phone.present': { en: 'phone seen', es: 'teléfono a la vista' },

  'shell.hub.unknown': { en: 'Reaching the hub', es: 'Contactando con el centro' },
  'shell.hub.reachable': { en: 'Hub answers', es: 'El centro responde' },
  'shell.hub.unreachable': { en: 'Hub isn’t answering', es: 'El centro no responde' },
  'shell.hub.note': {
    en: 'The hub hasn’t answered since {time}. You can keep working; we keep trying.',
    es: 'El centro no responde desde las {time}. Puede seguir trabajando; seguimos intentando.'
  },
  'shell.offline.note': {
    en: 'You signed in without the hub. It is told as soon as it answers.',
    es: 'Inició sesión sin el centro. Se le informará en cuanto responda.'
  },
  'shell.waiting': {
    en: '{count, plural, one {# alert waits} other {# alerts wait}}',
    es: '{count, plural, one {# aviso en espera} other {# avisos en espera}}'
  },
  'shell.waiting.note': {
    en: '{count, plural, one {# alert is} other {# alerts are}} kept safe here until the hub answers.',
    es: '{count, plural, one {# aviso se guarda} other {# avisos se guardan}} aquí hasta que el centro responda.'
  },
  'shell.warning': { en: '{seen} Please put it right.', es: '{seen} Corríjalo, por favor.' },
  'shell.warning.recorded': {
    en: '{seen} Please put it right. It is recorded for your supervisor.',
    es: '{seen} Corríjalo, por favor. Queda registrado para su supervisor.'
  },

  'shell.checks': { en: 'Checks', es: 'Revisiones' },
  'shell.checks.all': {
    en: '{count, plural, =0 {All checks of this computer} one {Checks: # needs you} other {Checks: # need you}}',
    es: '{count, plural, =0 {Todas las revisiones de este equipo} one {Revisiones: # requiere atención} other {Revisiones: # requieren atención}}'
  },
  'shell.checks.open': {
    en: '{count, plural, =0 {all of them pass} one {# needs you} other {# need you}}',
    es: '{count, plural, =0 {todas correctas} one {# requiere atención} other {# requieren atención}}'
  },
  'shell.checks.empty': {
    en: 'No check has run yet. They appear here when the first one has.',
    es: 'Todavía no hubo ninguna revisión. Aparecen aquí cuando termine la primera.'
  },
  'shell.checks.check': { en: 'Check', es: 'Revisión' },
  'shell.checks.state': { en: 'State', es: 'Estado' },
  'shell.checks.evidence': { en: 'Evidence', es: 'Dato' },
  'shell.checks.age': { en: 'Seen', es: 'Visto' },
  'shell.checks.age.now': { en: 'now', es: 'ahora' },
  'shell.checks.age.never': { en: 'not yet', es: 'todavía no' },
  'shell.checks.group.needs-you': { en: 'Needs attention: {count}', es: 'Requiere atención: {count}' },
  'shell.checks.group.reported': { en: 'Only reported to IT: {count}', es: 'Solo se informa a TI: {count}' },
  'shell.checks.group.well': { en: 'All well: {count}', es: 'Todo bien: {count}' },
  'shell.checks.fix': { en: 'Fix', es: 'Solución' },
  'shell.checks.no-evidence': { en: 'none', es: 'ninguno' },
  'shell.checks.copy': { en: 'Copy the evidence of {check}', es: 'Copiar el dato de {check}' },
  'shell.checks.ask-it': { en: 'Ask IT', es: 'Pregunte a TI' },
  'shell.check.uptime': { en: 'Running for', es: 'Encendido durante' },
  'shell.check.camera': { en: 'Camera', es: 'Cámara' },
  'shell.check.pace': { en: 'Pace of looking', es: 'Ritmo de las miradas' },
  'shell.check.service': { en: 'System service', es: 'Servicio del sistema' },
  'shell.check.proxy': { en: 'Way to the allowed sites', es: 'Acceso a los sitios permitidos' },
  'shell.check.hub': { en: 'Connection to the hub', es: 'Conexión con el centro' },
  'shell.check.applications': { en: 'Other programs', es: 'Otros programas' },
  'shell.check.vpn': { en: 'VPN', es: 'VPN' },
  'shell.check.program': { en: 'Havendesk’s own files', es: 'Archivos de Havendesk' },
  'shell.check.attestation': { en: 'Proof to the hub', es: 'Prueba ante el centro' },

  'shell.help': { en: 'I need help', es: 'Necesito ayuda' },
  'shell.help.asked': { en: 'Help asked for', es: 'Ayuda solicitada' },
  'shell.help.note': {
    en: 'You asked for help. Your supervisor gets the message.',
    es: 'Usted pidió ayuda. Su supervisor recibe el mensaje.'
  },
  'shell.end-shift': { en: 'End shift', es: 'Terminar turno' },
  'shell.end-shift.sure': {
    en: 'End your shift? What is open in the workspace is closed and forgotten.',
    es: '¿Terminar su turno? Lo que está abierto en el área de trabajo se cierra y se olvida.'
  },
  'shell.end-shift.stay': { en: 'Keep working', es: 'Seguir trabajando' },

  'shell.applications': { en: 'Applications', es: 'Aplicaciones' },
  'shell.workspace.choose': { en: 'Choose what to work in', es: 'Elija en qué trabajar' },
  'shell.workspace.choose.detail': {
    en: 'These are the applications on your team’s list.',
    es: 'Estas son las aplicaciones de la lista de su equipo.'
  },
  'shell.workspace.none': {
    en: 'Your team has no applications yet',
    es: 'Su equipo todavía no tiene aplicaciones'
  },
  'shell.workspace.none.detail': {
    en: 'IT adds them to your team’s list. Ask your supervisor if you expected one here.',
    es: 'TI las añade a la lista de su equipo. Pregunte a su supervisor si esperaba alguna.'
  },
  'shell.workspace.opening': { en: 'Opening {title}', es: 'Abriendo {title}' },

  'shell.sign-in.title': { en: 'Start your shift', es: 'Empiece su turno' },
  'shell.sign-in.detail': {
    en: 'Sign in with your work email.',
    es: 'Inicie sesión con su correo de trabajo.'
  },
  'shell.sign-in.busy': { en: 'Signing you in', es: 'Iniciando su sesión' },
  'shell.sign-in.caps-lock': { en: 'Caps lock is on.', es: 'Las mayúsculas están activadas.' },
  'shell.sign-in.email-missing': { en: 'Enter your work email.', es: 'Escriba su correo de trabajo.' },
  'shell.sign-in.password-missing': { en: 'Enter your password.', es: 'Escriba su contraseña.' },
  'shell.sign-in.bad-credentials': {
    en: 'That email and password don’t belong together. Check both and try again.',
    es: 'Ese correo y esa contraseña no coinciden. Revise ambos e intente de nuevo.'
  },
  'shell.sign-in.too-many-tries': {
    en: 'That was too many tries. Wait a few minutes, or ask your supervisor to reset your password.',
    es: 'Fueron demasiados intentos. Espere unos minutos o pida a su supervisor que cambie su contraseña.'
  },
  'shell.sign-in.hub-unreachable': {
    en: 'The hub isn’t answering, so we can’t check your password. Check your network and try again.',
    es: 'El centro no responde y no podemos comprobar su contraseña. Revise su red e intente de nuevo.'
  },
  'shell.sign-in.not-ready': {
    en: 'Your desk isn’t ready yet. Wait until every line of the list is ticked, then try again.',
    es: 'Su puesto todavía no está listo. Espere a que toda la lista esté marcada e intente de nuevo.'
  },
  'shell.sign-in.revoked': {
    en: 'IT has withdrawn this computer from work. Call IT or your supervisor.',
    es: 'TI ha retirado este equipo del trabajo. Llame a TI o a su supervisor.'
  },
  'shell.sign-in.quarantined': {
    en: 'A second computer signs in as this one, so neither can be used. Call IT or your supervisor.',
    es: 'Otro equipo se presenta como este, así que ninguno puede usarse. Llame a TI o a su supervisor.'
  },
  'shell.sign-in.not-your-desk': {
    en: 'This computer was set up for someone else. Use your own, or ask IT.',
    es: 'Este equipo se preparó para otra persona. Use el suyo o pregunte a TI.'
  },
  'shell.sign-in.not-certified': {
    en: 'A licence or certification that your work needs is missing or has expired, so your shift can’t start. Call your supervisor.',
    es: 'Falta o ha vencido una licencia o certificación que su trabajo exige, así que su turno no puede empezar. Llame a su supervisor.'
  },
  'shell.sign-in.not-attested': {
    en: 'The hub does not recognise this computer as IT set it up. Call IT.',
    es: 'El centro no reconoce este equipo tal como TI lo preparó. Llame a TI.'
  },
  'shell.sign-in.session-ended': {
    en: 'Your session here ended because you signed in on another computer, or IT ended it. If it was not you, call IT.',
    es: 'Su sesión aquí terminó porque inició sesión en otro equipo o TI la cerró. Si no fue usted, llame a TI.'
  },
  'shell.sign-in.device-unfit': {
    en: 'This computer does not pass a check that your team’s rules ask for. The list beside this says which, and what to do.',
    es: 'Este equipo no cumple una revisión que piden las reglas de su equipo de trabajo. La lista de al lado dice cuál y qué hacer.'
  },
  'shell.sign-in.failed': {
    en: 'Signing in did not finish. Try again; if it happens twice, call IT.',
    es: 'El inicio de sesión no terminó. Intente de nuevo; si se repite, llame a TI.'
  },

  'shell.starting': { en: 'Getting your desk ready', es: 'Preparando su puesto' },
  'shell.starting.detail': {
    en: 'This takes a few seconds. Your screen stays safe meanwhile.',
    es: 'Tarda unos segundos. Mientras tanto su pantalla está protegida.'
  },
  'shell.enrolling': { en: 'Enrolling this computer', es: 'Registrando este equipo' },
  'shell.enrolling.detail': {
    en: 'It makes its own key and shows the hub IT’s ticket. This happens once.',
    es: 'Crea su propia clave y muestra al centro el vale de TI. Esto ocurre una sola vez.'
  },
  'shell.refused': { en: 'Havendesk can’t open this desk', es: 'Havendesk no puede abrir este puesto' },
  'shell.refused.detail': {
    en: 'Nothing can be shown until this is put right.',
    es: 'No se puede mostrar nada hasta que esto se corrija.'
  },
  'shell.refused.unknown': { en: 'Something is not as it must be.', es: 'Algo no está como debe.' },
  'shell.refused.detail-line': { en: 'For IT', es: 'Para TI' },
  'shell.refused.copy-command': { en: 'Copy the command', es: 'Copiar el comando' },
  'shell.refused.copy-detail': { en: 'Copy the line for IT', es: 'Copiar la línea para TI' }
} as const satisfies Area
