import type { Area } from './message'

export const common = {
  'common.product': { en: 'Havendesk', es: 'Havendesk' },
  'common.retry': { en: 'Try again', es: 'Intentar de nuevo' },
  'common.close': { en: 'Close', es: 'Cerrar' },
  'common.copy': { en: 'Copy', es: 'Copiar' },
  'common.copied': { en: 'Copied', es: 'Copiado' },
  'common.email': { en: 'Email', es: 'Correo electrónico' },
  'common.password': { en: 'Password', es: 'Contraseña' },
  'common.showPassword': { en: 'Show or hide the password', es: 'Mostrar u ocultar la contraseña' },
  'common.signIn': { en: 'Sign in', es: 'Iniciar sesión' },
  'common.signOut': { en: 'Sign out', es: 'Cerrar sesión' },
  'common.language': { en: 'Language', es: 'Idioma' },
  'common.language.en': { en: 'English', es: 'English' },
  'common.language.es': { en: 'Español', es: 'Español' },
  'common.demo': { en: 'Demo', es: 'Demostración' },
  'common.loading': { en: 'Loading', es: 'Cargando' },

  'state.all-well': { en: 'All well', es: 'Todo bien' },
  'state.attention': { en: 'Attention', es: 'Atención' },
  'state.hidden': { en: 'Hidden', es: 'Oculta' },
  'state.act-now': { en: 'Act now', es: 'Actuar ya' },
  'state.off': { en: 'Not at work', es: 'Fuera de turno' },

  'since.at': { en: 'since {time}', es: 'desde las {time}' },
  'since.now': { en: 'just now', es: 'ahora' },
  'since.seconds': { en: '{count} s', es: '{count} s' },
  'since.minutes': { en: '{count} min', es: '{count} min' },
  'since.hours': { en: '{hours} h {minutes} min', es: '{hours} h {minutes} min' },
  'since.hoursOnly': { en: '{hours} h', es: '{hours} h' },
  'since.days': {
    en: '{count, plural, one {# day} other {# days}}',
    es: '{count, plural, one {# día} other {# días}}'
  },

  'confidence.label': { en: 'Confidence {percent} %', es: 'Confianza {percent} %' },
  'confidence.high': { en: 'clearly seen', es: 'se ve con claridad' },
  'confidence.fair': { en: 'probably seen', es: 'se ve probablemente' },
  'confidence.low': { en: 'barely seen', es: 'apenas se ve' }
} as const satisfies Area
