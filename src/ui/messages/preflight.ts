import type { Area } from './message'

/**
 * What must be true before the desk opens, and how to mend what is not.
 * A remedy has its key (what to do), `.title` (what is wrong) and, where one helps, `.command` to copy.
 */
export const preflight = {
  'preflight.title': { en: 'Getting your desk ready', es: 'Preparando su puesto' },
  'preflight.ready': { en: 'Your desk is ready', es: 'Su puesto está listo' },
  'preflight.state.waiting': { en: 'waiting', es: 'en espera' },
  'preflight.state.working': { en: 'working on it', es: 'en curso' },
  'preflight.state.done': { en: 'ready', es: 'listo' },
  'preflight.state.failed': { en: 'needs you', es: 'requiere su atención' },

  'preflight.program': { en: 'Program files', es: 'Archivos del programa' },
  'preflight.keychain': { en: 'Keys of this computer', es: 'Claves de este equipo' },
  'preflight.hub': { en: 'Connection to the hub', es: 'Conexión con el centro' },
  'preflight.policy': { en: 'Rules of your team', es: 'Reglas de su equipo' },
  'preflight.camera': { en: 'Camera', es: 'Cámara' },
  'preflight.eyes': { en: 'Room check', es: 'Revisión de la sala' },
  'preflight.proxy': { en: 'Way to the allowed sites', es: 'Acceso a los sitios permitidos' },
  'preflight.checks': { en: 'Checks of this computer', es: 'Revisiones de este equipo' },
  'preflight.service': { en: 'System service', es: 'Servicio del sistema' },

  'remedy.program-altered.title': {
    en: 'A part of Havendesk on this computer was changed.',
    es: 'Una parte de Havendesk en este equipo fue modificada.'
  },
  'remedy.program-altered': {
    en: 'Do not use it for work. Call IT and read them the technical line. They install Havendesk again.',
    es: 'No lo use para trabajar. Llame a TI y lea la línea técnica. Instalarán Havendesk de nuevo.'
  },
  'remedy.not-packaged.title': {
    en: 'This Havendesk was not installed by IT.',
    es: 'Este Havendesk no fue instalado por TI.'
  },
  'remedy.not-packaged': {
    en: 'Its files cannot be checked. Call IT: they install the right one.',
    es: 'Sus archivos no se pueden comprobar. Llame a TI: instalarán el correcto.'
  },

  'remedy.no-keychain.title': {
    en: 'This computer has no keychain to keep its key in.',
    es: 'Este equipo no tiene un llavero donde guardar su clave.'
  },
  'remedy.no-keychain': {
    en: 'Install one, sign in to the computer again, then start Havendesk again.',
    es: 'Instale uno, vuelva a iniciar sesión en el equipo y después abra Havendesk de nuevo.'
  },
  'remedy.no-keychain.command': {
    en: 'sudo apt-get install gnome-keyring libsecret-1-0',
    es: 'sudo apt-get install gnome-keyring libsecret-1-0'
  },

  'remedy.not-enrolled.title': {
    en: 'This computer is not enrolled yet.',
    es: 'Este equipo todavía no está registrado.'
  },
  'remedy.not-enrolled': {
    en: 'Ask IT for an enrolment ticket for this computer, then start Havendesk again.',
    es: 'Pida a TI un vale de registro para este equipo y después abra Havendesk de nuevo.'
  },

  'remedy.enrolment-refused.title': {
    en: 'The hub did not take the enrolment ticket.',
    es: 'El centro no aceptó el vale de registro.'
  },
  'remedy.enrolment-refused': {
    en: 'A ticket works once and for a short time. Ask IT for a new one.',
    es: 'Un vale sirve una vez y por poco tiempo. Pida uno nuevo a TI.'
  },

  'remedy.enrolment-unreadable.title': {
    en: 'The enrolment of this computer cannot be read.',
    es: 'No se puede leer el registro de este equipo.'
  },
  'remedy.enrolment-unreadable': {
    en: 'Ask IT to enrol this computer again.',
    es: 'Pida a TI que registre este equipo de nuevo.'
  },

  'remedy.outbox-unreadable.title': {
    en: 'Records that wait for the hub cannot be opened.',
    es: 'No se pueden abrir los registros que esperan al centro.'
  },
  'remedy.outbox-unreadable': {
    en: 'Call IT and leave this computer as it is. Nothing has been thrown away.',
    es: 'Llame a TI y deje este equipo como está. No se ha borrado nada.'
  },

  'remedy.hub-unreachable.title': { en: 'The hub isn’t answering.', es: 'El centro no responde.' },
  'remedy.hub-unreachable': {
    en: 'Check your network cable or Wi-Fi. We keep trying.',
    es: 'Revise el cable de red o la wifi. Seguimos intentando.'
  },

  'remedy.revoked.title': {
    en: 'This computer may no longer be used for work.',
    es: 'Este equipo ya no puede usarse para trabajar.'
  },
  'remedy.revoked': {
    en: 'IT has withdrawn it. Call IT or your supervisor.',
    es: 'TI lo ha retirado. Llame a TI o a su supervisor.'
  },

  'remedy.quarantined.title': {
    en: 'This computer is locked: a second one signs in as this one.',
    es: 'Este equipo está bloqueado: otro se presenta como este.'
  },
  'remedy.quarantined': {
    en: 'Do not use it for work. Call IT: they find the copy and set this computer up again.',
    es: 'No lo use para trabajar. Llame a TI: buscarán la copia y prepararán este equipo de nuevo.'
  },
  'remedy.attestation-refused.title': {
    en: 'The hub does not recognise this computer as IT set it up.',
    es: 'El centro no reconoce este equipo tal como TI lo preparó.'
  },
  'remedy.attestation-refused': {
    en: 'Call IT and read them the technical line. They allow this version or install the right one.',
    es: 'Llame a TI y lea la línea técnica. Permitirán esta versión o instalarán la correcta.'
  },
  'remedy.attestation-failed.title': {
    en: 'This computer cannot prove what it is.',
    es: 'Este equipo no puede demostrar qué es.'
  },
  'remedy.attestation-failed': {
    en: 'Its security chip or its program did not answer. Restart the computer. If this stays, call IT and read them the technical line.',
    es: 'Su chip de seguridad o su programa no respondió. Reinicie el equipo. Si sigue igual, llame a TI y lea la línea técnica.'
  },

  'remedy.policy-refused.title': {
    en: 'The rules of your team cannot be trusted.',
    es: 'No se puede confiar en las reglas de su equipo.'
  },
  'remedy.policy-refused': {
    en: 'They do not carry IT’s signature, or are older than the ones in force. Ask IT to publish them again.',
    es: 'No llevan la firma de TI o son anteriores a las vigentes. Pida a TI que las publique de nuevo.'
  },
  'remedy.policy-missing.title': {
    en: 'No rules have arrived for your team yet.',
    es: 'Todavía no llegaron las reglas de su equipo.'
  },
  'remedy.policy-missing': {
    en: 'They come from the hub. Ask IT to publish a policy for this team.',
    es: 'Vienen del centro. Pida a TI que publique una política para este equipo de trabajo.'
  },

  'remedy.camera.none-found.title': { en: 'No camera was found.', es: 'No se encontró ninguna cámara.' },
  'remedy.camera.none-found': {
    en: 'Plug the camera in, or open its cover.',
    es: 'Conecte la cámara o abra su tapa.'
  },
  'remedy.camera.denied.title': {
    en: 'This computer does not let Havendesk use the camera.',
    es: 'Este equipo no permite que Havendesk use la cámara.'
  },
  'remedy.camera.denied': {
    en: 'Allow the camera for Havendesk in the system’s privacy settings.',
    es: 'Permita la cámara para Havendesk en los ajustes de privacidad del sistema.'
  },
  'remedy.camera.in-use.title': {
    en: 'Another program is using the camera.',
    es: 'Otro programa está usando la cámara.'
  },
  'remedy.camera.in-use': {
    en: 'Close the other program. The camera comes back by itself.',
    es: 'Cierre el otro programa. La cámara vuelve por sí sola.'
  },
  'remedy.camera.ended.title': { en: 'The camera stopped.', es: 'La cámara se detuvo.' },
  'remedy.camera.ended': {
    en: 'Check that it is plugged in. We look for it again by ourselves.',
    es: 'Revise que esté conectada. La buscamos de nuevo por nuestra cuenta.'
  },
  'remedy.camera.no-frames.title': {
    en: 'The camera is on but sends no picture.',
    es: 'La cámara está encendida pero no envía imagen.'
  },
  'remedy.camera.no-frames': {
    en: 'Unplug it, wait five seconds and plug it in again.',
    es: 'Desconéctela, espere cinco segundos y conéctela de nuevo.'
  },
  'remedy.camera.failed.title': {
    en: 'The camera could not be started.',
    es: 'No se pudo iniciar la cámara.'
  },
  'remedy.camera.failed': {
    en: 'Unplug it and plug it in again. If that does not help, call IT.',
    es: 'Desconéctela y conéctela de nuevo. Si no ayuda, llame a TI.'
  },

  'remedy.eyes-failed.title': {
    en: 'The room check could not start.',
    es: 'No se pudo iniciar la revisión de la sala.'
  },
  'remedy.eyes-failed': {
    en: 'It tries again by itself. If it stays this way, call IT and read them the line below.',
    es: 'Lo intenta de nuevo por sí sola. Si sigue así, llame a TI y lea la línea de abajo.'
  },
  'remedy.model-changed.title': {
    en: 'The files of the room check have been changed.',
    es: 'Los archivos de la revisión de la sala fueron modificados.'
  },
  'remedy.model-changed': {
    en: 'They are not used. Ask IT to install Havendesk again.',
    es: 'No se usan. Pida a TI que instale Havendesk de nuevo.'
  },

  'remedy.model-missing.title': {
    en: 'The detection model that your team uses is not ready on this computer.',
    es: 'El modelo de detección que usa su equipo de trabajo no está listo en este equipo.'
  },
  'remedy.model-missing': {
    en: 'It comes from the hub by itself. If it stays this way, call IT and read them the line below.',
    es: 'Llega solo desde el centro. Si sigue así, llame a TI y lea la línea de abajo.'
  },

  'remedy.proxy-failed.title': {
    en: 'The way to the allowed sites could not be opened.',
    es: 'No se pudo abrir el acceso a los sitios permitidos.'
  },
  'remedy.proxy-failed': {
    en: 'It tries again by itself. If it stays this way, start Havendesk again.',
    es: 'Lo intenta de nuevo por sí solo. Si sigue así, abra Havendesk de nuevo.'
  },

  'remedy.service-missing.title': {
    en: 'The system service does not answer.',
    es: 'El servicio del sistema no responde.'
  },
  'remedy.service-missing': {
    en: 'Ask IT to install it, or restart the computer.',
    es: 'Pida a TI que lo instale o reinicie el equipo.'
  },

  'remedy.start-failed.title': { en: 'Havendesk could not start.', es: 'Havendesk no pudo iniciarse.' },
  'remedy.start-failed': {
    en: 'Start it again. If that does not help, call IT and read them the line below.',
    es: 'Ábralo de nuevo. Si no ayuda, llame a TI y lea la línea de abajo.'
  },
  'remedy.unsafe-start.title': {
    en: 'Havendesk was started in a way that is not allowed.',
    es: 'Havendesk se inició de una forma que no está permitida.'
  },
  'remedy.unsafe-start': {
    en: 'Start it from its own icon. If you did, call IT and read them the line below.',
    es: 'Ábralo desde su propio icono. Si ya lo hizo, llame a TI y lea la línea de abajo.'
  }
} as const satisfies Area
