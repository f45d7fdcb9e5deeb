import type { Area } from './message'

/** What a page of the workspace was denied, and why an application did not open. */
export const sites = {
  'site.denied.navigation': {
    en: '{host} was not opened: it is not on IT’s list for this application.',
    es: 'No se abrió {host}: no está en la lista de TI para esta aplicación.'
  },
  'site.denied.window': {
    en: 'The page tried to open another window. Only the tabs above may be used.',
    es: 'La página intentó abrir otra ventana. Solo se pueden usar las pestañas de arriba.'
  },
  'site.denied.part': {
    en: '{count, plural, one {A part of this page was left out} other {# parts of this page were left out}}: {host} is not on IT’s list.',
    es: '{count, plural, one {Se omitió una parte de esta página} other {Se omitieron # partes de esta página}}: {host} no está en la lista de TI.'
  },
  'site.denied.certificate': {
    en: '{host} could not prove who it is. Nothing was sent to it. Please tell IT.',
    es: '{host} no pudo demostrar su identidad. No se le envió nada. Avise a TI.'
  },
  'site.denied.download': {
    en: 'The file was not saved. Files stay in the application here.',
    es: 'El archivo no se guardó. Aquí los archivos se quedan en la aplicación.'
  },
  'site.denied.print': {
    en: 'Nothing was printed. Pages here are read on the screen. Ask your supervisor if you need a copy.',
    es: 'No se imprimió nada. Aquí las páginas se leen en la pantalla. Si necesita una copia, hable con su supervisor.'
  },
  'site.denied.upload': {
    en: 'No file was given to the page. Files of this computer stay out of the applications here.',
    es: 'No se entregó ningún archivo a la página. Los archivos de este equipo se quedan fuera de las aplicaciones.'
  },
  'site.denied.camera': {
    en: 'The page asked for the camera. No page ever gets it.',
    es: 'La página pidió la cámara. Ninguna página la obtiene nunca.'
  },
  'site.denied.microphone': {
    en: 'The page asked for the microphone, which it may not have.',
    es: 'La página pidió el micrófono, que no puede usar.'
  },
  'site.denied.permission': {
    en: 'The page asked for something that no page may have here.',
    es: 'La página pidió algo que ninguna página puede tener aquí.'
  },

  'site.failed': { en: '{title} was not opened', es: 'No se abrió {title}' },
  'site.failed.certificate': {
    en: '{host} could not prove who it is.',
    es: '{host} no pudo demostrar su identidad.'
  },
  'site.failed.certificate-date': {
    en: 'The certificate of {host} has expired, or is not valid yet.',
    es: 'El certificado de {host} ha caducado o todavía no es válido.'
  },
  'site.failed.certificate-name': {
    en: 'The certificate of {host} was issued for another site.',
    es: 'El certificado de {host} se emitió para otro sitio.'
  },
  'site.failed.certificate-issuer': {
    en: 'The certificate of {host} was issued by somebody whom this computer does not trust.',
    es: 'El certificado de {host} lo emitió alguien en quien este equipo no confía.'
  },
  'site.failed.certificate-revoked': {
    en: 'The certificate of {host} was withdrawn by its issuer.',
    es: 'El emisor retiró el certificado de {host}.'
  },
  'site.failed.not-on-the-list': {
    en: 'It leads to a site that is not on IT’s list.',
    es: 'Lleva a un sitio que no está en la lista de TI.'
  },
  'site.failed.unreachable': { en: '{host} does not answer.', es: '{host} no responde.' },
  'site.failed.safe': {
    en: 'Nothing was sent to it. You did nothing wrong. Tell IT what this page says.',
    es: 'No se le envió nada. Usted no hizo nada mal. Diga a TI lo que pone esta página.'
  },
  'site.failed.wait': {
    en: 'Try again in a moment. If it stays this way, tell IT.',
    es: 'Inténtelo de nuevo en un momento. Si sigue así, avise a TI.'
  },
  'site.again': { en: 'Try again', es: 'Intentar de nuevo' }
} as const satisfies Area
