import type { Area } from './message'

/**
 * Words for everything that can hide a desk. Per rule:
 * `title` names it on a card, `short` goes inside a sentence, `seen` tells the person at the desk what was seen,
 * `clears` tells them what brings the screen back. `{seconds}` is the policy's exit time.
 */
export const rules = {
  'rule.phone.title': { en: 'Phone in view', es: 'Teléfono a la vista' },
  'rule.phone.short': { en: 'phone in view', es: 'teléfono a la vista' },
  'rule.phone.seen': { en: 'A phone is in view.', es: 'Hay un teléfono a la vista.' },
  'rule.phone.clears': {
    en: 'Your screen is hidden until it is out of sight for {seconds, plural, one {# second} other {# seconds}}.',
    es: 'Su pantalla queda oculta hasta que no se vea durante {seconds, plural, one {# segundo} other {# segundos}}.'
  },

  'rule.book.title': { en: 'Book or notebook in view', es: 'Libro o cuaderno a la vista' },
  'rule.book.short': { en: 'book or notebook in view', es: 'libro o cuaderno a la vista' },
  'rule.book.seen': { en: 'A book or notebook is in view.', es: 'Hay un libro o cuaderno a la vista.' },
  'rule.book.clears': {
    en: 'Your screen is hidden until it is out of sight for {seconds, plural, one {# second} other {# seconds}}.',
    es: 'Su pantalla queda oculta hasta que no se vea durante {seconds, plural, one {# segundo} other {# segundos}}.'
  },

  'rule.second-person.title': { en: 'Someone else in view', es: 'Otra persona a la vista' },
  'rule.second-person.short': { en: 'someone else in view', es: 'otra persona a la vista' },
  'rule.second-person.seen': { en: 'Someone else is in view.', es: 'Hay otra persona a la vista.' },
  'rule.second-person.clears': {
    en: 'Your screen is hidden until you are alone for {seconds, plural, one {# second} other {# seconds}}.',
    es: 'Su pantalla queda oculta hasta que no haya nadie más durante {seconds, plural, one {# segundo} other {# segundos}}.'
  },

  'rule.nobody.title': { en: 'Nobody at the desk', es: 'Nadie en el puesto' },
  'rule.nobody.short': { en: 'nobody at the desk', es: 'nadie en el puesto' },
  'rule.nobody.seen': { en: 'Nobody is at the desk.', es: 'No hay nadie en el puesto.' },
  'rule.nobody.clears': {
    en: 'Your screen is hidden until the camera sees you for {seconds, plural, one {# second} other {# seconds}}.',
    es: 'Su pantalla queda oculta hasta que la cámara le vea durante {seconds, plural, one {# segundo} other {# segundos}}.'
  },

  'rule.second-screen.title': { en: 'Second screen in view', es: 'Otra pantalla a la vista' },
  'rule.second-screen.short': { en: 'second screen in view', es: 'otra pantalla a la vista' },
  'rule.second-screen.seen': {
    en: 'A laptop, tablet or second screen is in view.',
    es: 'Hay una portátil, una tableta u otra pantalla a la vista.'
  },
  'rule.second-screen.clears': {
    en: 'Your screen is hidden until it is out of sight for {seconds, plural, one {# second} other {# seconds}}.',
    es: 'Su pantalla queda oculta hasta que no se vea durante {seconds, plural, one {# segundo} other {# segundos}}.'
  },

  'rule.camera-lost.title': { en: 'Camera lost', es: 'Sin cámara' },
  'rule.camera-lost.short': { en: 'camera lost', es: 'sin cámara' },
  'rule.camera-lost.seen': { en: 'The camera stopped.', es: 'La cámara se detuvo.' },
  'rule.camera-lost.clears': {
    en: 'Your screen is hidden until the camera works again. Check that it is plugged in and not covered.',
    es: 'Su pantalla queda oculta hasta que la cámara vuelva a funcionar. Revise que esté conectada y sin cubrir.'
  },

  'rule.sensor-silent.title': { en: 'Room check stopped', es: 'Revisión de la sala detenida' },
  'rule.sensor-silent.short': { en: 'room check stopped', es: 'revisión de la sala detenida' },
  'rule.sensor-silent.seen': {
    en: 'The room check stopped answering.',
    es: 'La revisión de la sala dejó de responder.'
  },
  'rule.sensor-silent.clears': {
    en: 'Your screen is hidden until it answers. It restarts by itself.',
    es: 'Su pantalla queda oculta hasta que responda. Se reinicia por sí sola.'
  },

  'rule.hub-gone.title': { en: 'Hub out of reach', es: 'Sin conexión con el centro' },
  'rule.hub-gone.short': { en: 'hub out of reach', es: 'sin conexión con el centro' },
  'rule.hub-gone.seen': {
    en: 'The hub has not answered for too long.',
    es: 'El centro lleva demasiado tiempo sin responder.'
  },
  'rule.hub-gone.clears': {
    en: 'Your screen is hidden until the hub answers. We keep trying; check your network.',
    es: 'Su pantalla queda oculta hasta que el centro responda. Seguimos intentando; revise su red.'
  },

  'rule.policy-lapsed.title': { en: 'Rules out of date', es: 'Reglas caducadas' },
  'rule.policy-lapsed.short': { en: 'rules out of date', es: 'reglas caducadas' },
  'rule.policy-lapsed.seen': {
    en: 'The rules of this desk are out of date.',
    es: 'Las reglas de este puesto caducaron.'
  },
  'rule.policy-lapsed.clears': {
    en: 'Your screen is hidden until newer rules arrive. Ask IT to publish them; check your computer’s date.',
    es: 'Su pantalla queda oculta hasta que lleguen reglas nuevas. Pida a TI que las publique; revise la fecha del equipo.'
  },

  'rule.program-altered.title': { en: 'Program altered', es: 'Programa alterado' },
  'rule.program-altered.short': { en: 'program altered', es: 'programa alterado' },
  'rule.program-altered.seen': {
    en: 'A part of Havendesk on this computer was changed.',
    es: 'Una parte de Havendesk en este equipo fue modificada.'
  },
  'rule.program-altered.clears': {
    en: 'This computer cannot be used for work until IT has installed Havendesk again. Call IT.',
    es: 'Este equipo no puede usarse para trabajar hasta que TI instale Havendesk de nuevo. Llame a TI.'
  },

  'rule.device-unfit.title': { en: 'Computer not fit for work', es: 'Equipo no apto para trabajar' },
  'rule.device-unfit.short': { en: 'computer not fit for work', es: 'equipo no apto para trabajar' },
  'rule.device-unfit.seen': {
    en: 'A check of this computer does not pass.',
    es: 'Este equipo no cumple una de sus revisiones.'
  },
  'rule.device-unfit.clears': {
    en: 'Your screen is hidden until it does. Open Checks at the top of your main screen for what to do, or call IT.',
    es: 'Su pantalla queda oculta hasta que la cumpla. Abra Revisiones en su pantalla principal para ver qué hacer, o llame a TI.'
  },

  'rule.device-doubtful.title': { en: 'Computer needs care', es: 'El equipo necesita atención' },
  'rule.device-doubtful.short': { en: 'computer needs care', es: 'el equipo necesita atención' },
  'rule.device-doubtful.seen': {
    en: 'A check of this computer does not pass. Open Checks for what to do.',
    es: 'Este equipo no cumple una de sus revisiones. Abra Revisiones para ver qué hacer.'
  },
  'rule.device-doubtful.clears': {
    en: 'It is over once the check passes.',
    es: 'Termina cuando la revisión se cumpla.'
  },

  'rule.vpn-lost.title': { en: 'VPN not protecting', es: 'VPN sin protección' },
  'rule.vpn-lost.short': { en: 'VPN not protecting', es: 'VPN sin protección' },
  'rule.vpn-lost.seen': {
    en: 'Your VPN is not protecting this computer.',
    es: 'Su VPN no está protegiendo este equipo.'
  },
  'rule.vpn-lost.clears': {
    en: 'Your screen is hidden until the VPN is connected. Open your VPN app and connect. If it says connected, disconnect and connect again.',
    es: 'Su pantalla queda oculta hasta que la VPN se conecte. Abra su VPN y conéctela. Si dice conectada, desconéctela y conéctela de nuevo.'
  },

  'rule.unsafe-start.title': { en: 'Started unsafely', es: 'Inicio no permitido' },
  'rule.unsafe-start.short': { en: 'started unsafely', es: 'inicio no permitido' },
  'rule.unsafe-start.seen': {
    en: 'Havendesk was started in a way that is not allowed.',
    es: 'Havendesk se inició de una forma que no está permitida.'
  },
  'rule.unsafe-start.clears': {
    en: 'Nobody can work here until it is started from its own icon. If it was, call IT.',
    es: 'Nadie puede trabajar aquí hasta que se abra desde su propio icono. Si ya lo hizo, llame a TI.'
  },

  'rule.break-glass-asked.title': { en: 'Asks for an exception', es: 'Pide una excepción' },
  'rule.break-glass-asked.short': { en: 'asks for an exception', es: 'pide una excepción' },
  'rule.break-glass-asked.seen': { en: 'You asked for an exception.', es: 'Usted pidió una excepción.' },
  'rule.break-glass-asked.clears': {
    en: 'A supervisor or IT decides on it within half an hour.',
    es: 'Un supervisor o TI decide en la próxima media hora.'
  },

  'rule.break-glass-used.title': { en: 'Works under an exception', es: 'Trabaja con una excepción' },
  'rule.break-glass-used.short': { en: 'works under an exception', es: 'trabaja con una excepción' },
  'rule.break-glass-used.seen': {
    en: 'One check has no consequences for a while.',
    es: 'Una comprobación queda sin consecuencias por un tiempo.'
  },
  'rule.break-glass-used.clears': {
    en: 'It ends by itself, after an hour at most.',
    es: 'Termina por sí sola, a más tardar en una hora.'
  },

  'rule.help-asked.title': { en: 'Asked for help', es: 'Pidió ayuda' },
  'rule.help-asked.short': { en: 'asked for help', es: 'pidió ayuda' },
  'rule.help-asked.seen': { en: 'You asked for help.', es: 'Usted pidió ayuda.' },
  'rule.help-asked.clears': {
    en: 'Your supervisor has been told and will get in touch.',
    es: 'Se avisó a su supervisor y se pondrá en contacto.'
  },

  'rule.supervisor-lock.title': { en: 'Locked by a supervisor', es: 'Bloqueado por supervisión' },
  'rule.supervisor-lock.short': { en: 'locked by a supervisor', es: 'bloqueado por supervisión' },
  'rule.supervisor-lock.seen': {
    en: 'Your supervisor locked your screen.',
    es: 'Su supervisor bloqueó su pantalla.'
  },
  'rule.supervisor-lock.clears': {
    en: 'Talk to your supervisor. They can open it, or you end your shift and sign in again.',
    es: 'Hable con su supervisor. Puede desbloquearla, o termine su turno e inicie sesión de nuevo.'
  },

  'rule.device-copied.title': { en: 'Computer copied', es: 'Equipo copiado' },
  'rule.device-copied.short': { en: 'computer copied', es: 'equipo copiado' },
  'rule.device-copied.seen': {
    en: 'Two computers signed in as this one.',
    es: 'Dos equipos se presentaron como este.'
  },
  'rule.device-copied.clears': {
    en: 'Neither can be used until IT has looked at this computer. Call IT or your supervisor.',
    es: 'Ninguno puede usarse hasta que TI revise este equipo. Llame a TI o a su supervisor.'
  },

  'rule.people': {
    en: '{count, plural, one {# person in view} other {# people in view}}',
    es: '{count, plural, one {# persona a la vista} other {# personas a la vista}}'
  }
} as const satisfies Area
