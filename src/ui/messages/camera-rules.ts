import type { Area } from './message'

/**
 * Words for what can be wrong with the camera itself, as in `rules.ts`. A picture that repeats, a photograph and a
 * camera made by a program are for a person to review: the words say what it looks like and accuse nobody.
 */
export const cameraRules = {
  'rule.camera-covered.title': { en: 'Camera covered', es: 'Cámara cubierta' },
  'rule.camera-covered.short': { en: 'camera covered', es: 'cámara cubierta' },
  'rule.camera-covered.seen': { en: 'Something covers the camera.', es: 'Algo cubre la cámara.' },
  'rule.camera-covered.clears': {
    en: 'Your screen is hidden until the camera sees the room for {seconds, plural, one {# second} other {# seconds}}. Check its shutter and what stands before it.',
    es: 'Su pantalla queda oculta hasta que la cámara vea la sala durante {seconds, plural, one {# segundo} other {# segundos}}. Revise su tapa y lo que haya delante.'
  },

  'rule.camera-dark.title': { en: 'Too dark for the camera', es: 'Demasiado oscuro para la cámara' },
  'rule.camera-dark.short': { en: 'too dark for the camera', es: 'demasiado oscuro para la cámara' },
  'rule.camera-dark.seen': {
    en: 'It is too dark for the camera to see the room.',
    es: 'Está demasiado oscuro para que la cámara vea la sala.'
  },
  'rule.camera-dark.clears': {
    en: 'Your screen is hidden until there has been enough light for {seconds, plural, one {# second} other {# seconds}}. Turn on a lamp.',
    es: 'Su pantalla queda oculta hasta que haya luz suficiente durante {seconds, plural, one {# segundo} other {# segundos}}. Encienda una lámpara.'
  },

  'rule.camera-blurred.title': { en: 'Camera out of focus', es: 'Cámara desenfocada' },
  'rule.camera-blurred.short': { en: 'camera out of focus', es: 'cámara desenfocada' },
  'rule.camera-blurred.seen': {
    en: 'The camera’s picture is blurred.',
    es: 'La imagen de la cámara está borrosa.'
  },
  'rule.camera-blurred.clears': {
    en: 'Your screen is hidden until the picture is sharp for {seconds, plural, one {# second} other {# seconds}}. Wipe the lens with a soft cloth.',
    es: 'Su pantalla queda oculta hasta que la imagen sea nítida durante {seconds, plural, one {# segundo} other {# segundos}}. Limpie el lente con un paño suave.'
  },

  'rule.camera-frozen.title': { en: 'Camera picture stands still', es: 'Imagen de la cámara detenida' },
  'rule.camera-frozen.short': { en: 'camera picture stands still', es: 'imagen de la cámara detenida' },
  'rule.camera-frozen.seen': {
    en: 'The camera’s picture stands still.',
    es: 'La imagen de la cámara está detenida.'
  },
  'rule.camera-frozen.clears': {
    en: 'Your screen is hidden until the picture moves again. Plug the camera in anew, or restart this computer.',
    es: 'Su pantalla queda oculta hasta que la imagen vuelva a moverse. Conecte de nuevo la cámara o reinicie este equipo.'
  },

  'rule.camera-looped.title': { en: 'Needs review: picture repeats', es: 'Por revisar: la imagen se repite' },
  'rule.camera-looped.short': {
    en: 'picture seems to repeat, needs review',
    es: 'la imagen parece repetirse, por revisar'
  },
  'rule.camera-looped.seen': {
    en: 'The camera’s picture seems to repeat itself.',
    es: 'La imagen de la cámara parece repetirse.'
  },
  'rule.camera-looped.clears': {
    en: 'Your screen is hidden until new pictures come for {seconds, plural, one {# second} other {# seconds}}. This can be a mistake: your supervisor reviews it.',
    es: 'Su pantalla queda oculta hasta que lleguen imágenes nuevas durante {seconds, plural, one {# segundo} other {# segundos}}. Puede ser un error: su supervisor lo revisa.'
  },

  'rule.camera-photo.title': {
    en: 'Needs review: perhaps a photograph',
    es: 'Por revisar: quizá una fotografía'
  },
  'rule.camera-photo.short': {
    en: 'perhaps a photograph before the camera, needs review',
    es: 'quizá una fotografía ante la cámara, por revisar'
  },
  'rule.camera-photo.seen': {
    en: 'The camera seems to look at a photograph.',
    es: 'La cámara parece mirar una fotografía.'
  },
  'rule.camera-photo.clears': {
    en: 'Your screen is hidden until the camera sees you move for {seconds, plural, one {# second} other {# seconds}}. This can be a mistake: your supervisor reviews it.',
    es: 'Su pantalla queda oculta hasta que la cámara le vea moverse durante {seconds, plural, one {# segundo} other {# segundos}}. Puede ser un error: su supervisor lo revisa.'
  },

  'rule.camera-virtual.title': {
    en: 'Needs review: perhaps a virtual camera',
    es: 'Por revisar: quizá una cámara virtual'
  },
  'rule.camera-virtual.short': {
    en: 'perhaps a virtual camera, needs review',
    es: 'quizá una cámara virtual, por revisar'
  },
  'rule.camera-virtual.seen': {
    en: 'The picture seems to come from a program, not from a camera.',
    es: 'La imagen parece venir de un programa y no de una cámara.'
  },
  'rule.camera-virtual.clears': {
    en: 'Your screen is hidden until a camera is in use. Close programs that change its picture. This can be a mistake: your supervisor reviews it.',
    es: 'Su pantalla queda oculta hasta que se use una cámara. Cierre los programas que cambien su imagen. Puede ser un error: su supervisor lo revisa.'
  },

  'rule.camera-moved.title': { en: 'Camera moved', es: 'Cámara movida' },
  'rule.camera-moved.short': { en: 'camera moved', es: 'cámara movida' },
  'rule.camera-moved.seen': {
    en: 'The camera looks at another place than before.',
    es: 'La cámara mira a otro lugar que antes.'
  },
  'rule.camera-moved.clears': {
    en: 'Your screen is hidden until the camera looks at your desk again for {seconds, plural, one {# second} other {# seconds}}. Turn it back to where it was.',
    es: 'Su pantalla queda oculta hasta que la cámara mire de nuevo su puesto durante {seconds, plural, one {# segundo} other {# segundos}}. Vuelva a ponerla como estaba.'
  },

  'rule.camera-weak.title': { en: 'Camera picture too poor', es: 'Imagen de la cámara insuficiente' },
  'rule.camera-weak.short': { en: 'camera picture too poor', es: 'imagen de la cámara insuficiente' },
  'rule.camera-weak.seen': {
    en: 'The camera’s picture is too small or comes too slowly.',
    es: 'La imagen de la cámara es muy pequeña o llega muy despacio.'
  },
  'rule.camera-weak.clears': {
    en: 'Your screen is hidden until the picture is good for {seconds, plural, one {# second} other {# seconds}}. Close other programs that use the camera, or ask IT.',
    es: 'Su pantalla queda oculta hasta que la imagen sea buena durante {seconds, plural, one {# segundo} other {# segundos}}. Cierre otros programas que usen la cámara o pregunte a TI.'
  },

  'blank.cleared.camera-covered': {
    en: 'The camera sees the room again.',
    es: 'La cámara ve la sala de nuevo.'
  },
  'blank.cleared.camera-dark': { en: 'There is enough light again.', es: 'Ya hay luz suficiente.' },
  'blank.cleared.camera-blurred': { en: 'The picture is sharp again.', es: 'La imagen es nítida de nuevo.' },
  'blank.cleared.camera-frozen': { en: 'The picture moves again.', es: 'La imagen se mueve de nuevo.' },
  'blank.cleared.camera-looped': { en: 'New pictures come again.', es: 'Llegan imágenes nuevas.' },
  'blank.cleared.camera-photo': { en: 'The camera sees you move.', es: 'La cámara le ve moverse.' },
  'blank.cleared.camera-virtual': { en: 'A camera is in use again.', es: 'Se usa una cámara de nuevo.' },
  'blank.cleared.camera-moved': {
    en: 'The camera looks at your desk again.',
    es: 'La cámara mira su puesto de nuevo.'
  },
  'blank.cleared.camera-weak': { en: 'The picture is good again.', es: 'La imagen es buena de nuevo.' }
} as const satisfies Area
