import { IntlMessageFormat } from 'intl-messageformat'
import type { Area, Language } from '../../../../src/ui/messages/message'

/** Every text of the report, in each language. They stand here and not in the product's catalogue: no desk shows them. */
export const reportWords = {
  title: { en: 'How well the eyes see', es: 'Qué tan bien ven los ojos' },
  lead: {
    en: 'The shipped detection over {images, plural, one {# labelled picture} other {# labelled pictures}}, each held before it for {seconds, plural, one {# second} other {# seconds}} as a steady camera would, beside the plain coco-ssd model.',
    es: 'La detección que se entrega sobre {images, plural, one {# imagen etiquetada} other {# imágenes etiquetadas}}, cada una ante ella durante {seconds, plural, one {# segundo} other {# segundos}} como ante una cámara fija, junto al modelo coco-ssd sin más.'
  },
  private: {
    en: 'This page holds pictures. It was written to this computer only, loads nothing from a network and sends nothing.',
    es: 'Esta página contiene imágenes. Se escribió solo en este equipo, no carga nada de una red y no envía nada.'
  },
  measured: { en: 'Measured {at}, model {model}', es: 'Medido el {at}, modelo {model}' },
  phone: { en: 'Phone', es: 'Teléfono' },
  book: { en: 'Book or notebook', es: 'Libro o cuaderno' },
  people: { en: 'More than one person', es: 'Más de una persona' },
  scene: { en: 'Scene', es: 'Escena' },
  screen: { en: 'Second screen', es: 'Segunda pantalla' },
  nobody: { en: 'Nobody at the desk', es: 'Nadie en el puesto' },
  'scene.means': {
    en: 'A scene counts when it holds a phone, a book or more than one person.',
    es: 'Una escena cuenta cuando contiene un teléfono, un libro o más de una persona.'
  },
  pipeline: { en: 'Havendesk', es: 'Havendesk' },
  coco_ssd_default: { en: 'Plain, at 0.5', es: 'Sin más, con 0,5' },
  coco_ssd_best: { en: 'Plain, at its best ({threshold})', es: 'Sin más, con su mejor ({threshold})' },
  precision: { en: 'Precision', es: 'Precisión' },
  recall: { en: 'Recall', es: 'Exhaustividad' },
  f1: { en: 'F1', es: 'F1' },
  ap: { en: 'Average precision', es: 'Precisión media' },
  'ap.short': { en: 'AP', es: 'PM' },
  'card.recall': { en: 'found', es: 'encontrado' },
  'card.precision': { en: 'of its alarms right', es: 'de sus alertas, acertadas' },
  'card.plain': {
    en: 'Plain at its best: {recall} found, {precision} right',
    es: 'Sin más, con su mejor: {recall} encontrado, {precision} acertado'
  },
  side: { en: 'Side by side', es: 'Lado a lado' },
  'side.means': {
    en: 'Below each figure its 95 % interval: another set of the same kind would likely give a figure within it. Precision is the share of alarms that are right, recall the share of what is there that is found, F1 one figure for both, average precision the area under the curve. Intervals are Wilson’s for precision and recall, and drawn anew a thousand times with a fixed seed for the other two.',
    es: 'Bajo cada cifra, su intervalo del 95 %: otro conjunto del mismo tipo daría probablemente una cifra dentro de él. La precisión es la parte de las alertas que aciertan; la exhaustividad, la parte encontrada de lo que hay; F1, una cifra para ambas; la precisión media, el área bajo la curva. Los intervalos son los de Wilson para las dos primeras y de mil nuevos sorteos con semilla fija para las otras dos.'
  },
  curves: { en: 'Precision and recall at every threshold', es: 'Precisión y exhaustividad con cada umbral' },
  'curves.means': {
    en: 'Each line is what moving the threshold would give, from each picture’s best score. The marks are what was said in truth, after thresholds and dwell.',
    es: 'Cada línea es lo que daría mover el umbral, según la mejor puntuación de cada imagen. Las marcas son lo que se dijo de verdad, tras umbrales y permanencia.'
  },
  'curve.none': { en: 'Nothing of it in these pictures.', es: 'Nada de ello en estas imágenes.' },
  confusion: { en: 'Rule by rule', es: 'Regla por regla' },
  'confusion.means': {
    en: 'Whether each rule held at any instant while the picture stood.',
    es: 'Si cada regla se cumplió en algún instante mientras la imagen estuvo a la vista.'
  },
  rule: { en: 'Rule', es: 'Regla' },
  tp: { en: 'There, raised', es: 'Está y se avisó' },
  fn: { en: 'There, missed', es: 'Está y se pasó por alto' },
  fp: { en: 'Not there, raised', es: 'No está y se avisó' },
  tn: { en: 'Not there, quiet', es: 'No está y no se avisó' },
  'dwell.long': {
    en: 'Its enter time is longer than the picture stood, so it can’t hold here.',
    es: 'Su tiempo de entrada es mayor que lo que estuvo la imagen, así que aquí no puede cumplirse.'
  },
  counted: { en: 'People counted', es: 'Personas contadas' },
  'counted.means': {
    en: 'Rows: how many there are. Columns: how many were counted. Exactly right: {share} of {of}.',
    es: 'Filas: cuántas hay. Columnas: cuántas se contaron. Exacto: {share} de {of}.'
  },
  'people.0': { en: 'nobody', es: 'nadie' },
  'people.1': { en: 'one', es: 'una' },
  'people.2': { en: 'two or more', es: 'dos o más' },
  alarms: { en: 'False alarms on clear scenes', es: 'Falsas alertas en escenas limpias' },
  'alarms.means': {
    en: 'Pictures without a phone, a book or a second person ({of}), and how many of them raised something.',
    es: 'Imágenes sin teléfono, libro ni segunda persona ({of}), y en cuántas se avisó de algo.'
  },
  held: {
    en: 'Phones that take at least 5 % of the picture',
    es: 'Teléfonos que ocupan al menos el 5 % de la imagen'
  },
  'held.means': {
    en: 'How many are found. Held: at least a quarter of the phone’s box lies within a person’s.',
    es: 'Cuántos se encuentran. En mano: al menos un cuarto del recuadro del teléfono queda dentro del de una persona.'
  },
  'held.held': { en: 'Held', es: 'En mano' },
  'held.any': { en: 'All of that size', es: 'Todos los de ese tamaño' },
  breakdown: { en: 'Where it does well and where it does not', es: 'Dónde va bien y dónde no' },
  'breakdown.means': {
    en: 'Found of what is there, then false alarms of what is not. Few pictures mean wide intervals: hover a figure, or read them in the JSON file.',
    es: 'Encontrado de lo que hay; después, falsas alertas de lo que no hay. Pocas imágenes dan intervalos anchos: ponga el cursor sobre una cifra o léalos en el archivo JSON.'
  },
  part: { en: 'Part', es: 'Parte' },
  images: { en: 'Pictures', es: 'Imágenes' },
  found: { en: '{question}: found', es: '{question}: encontrado' },
  false: { en: 'False scene alarms', es: 'Falsas alertas de escena' },
  'by.phone_share': {
    en: 'Share of the picture that the phone takes',
    es: 'Parte de la imagen que ocupa el teléfono'
  },
  'by.persons': { en: 'People in the picture', es: 'Personas en la imagen' },
  'by.brightness': { en: 'Brightness', es: 'Claridad' },
  'by.resolution': { en: 'Resolution', es: 'Resolución' },
  'by.source': { en: 'Source', es: 'Origen' },
  'by.group': { en: 'Supplied groups', es: 'Grupos aportados' },
  fairness: { en: 'Fairness', es: 'Equidad' },
  'fairness.means': {
    en: 'The same figures by every attribute that the labels carry.',
    es: 'Las mismas cifras según cada atributo que llevan las etiquetas.'
  },
  'fairness.none': {
    en: 'The labels carry no attribute that parts the pictures into groups.',
    es: 'Las etiquetas no llevan ningún atributo que separe las imágenes en grupos.'
  },
  unknown: { en: 'Not known', es: 'Lo que no se sabe' },
  'unknown.means': {
    en: 'The labels say nothing of the following, so nothing is known of how it changes these figures. That it isn’t measured doesn’t mean that it is fair.',
    es: 'Las etiquetas no dicen nada de lo siguiente, así que no se sabe cómo cambia estas cifras. Que no esté medido no quiere decir que sea justo.'
  },
  'topic.skin': { en: 'skin tone', es: 'tono de piel' },
  'topic.age': { en: 'age', es: 'edad' },
  'topic.gender': { en: 'gender', es: 'género' },
  'topic.clothing': { en: 'glasses, headscarves and other clothing', es: 'gafas, pañuelos y otra ropa' },
  'topic.aids': {
    en: 'wheelchairs, prostheses and medical devices in view',
    es: 'sillas de ruedas, prótesis y dispositivos médicos a la vista'
  },
  'topic.light': { en: 'kind of light', es: 'tipo de luz' },
  'topic.camera': { en: 'kind of camera', es: 'tipo de cámara' },
  misses: { en: 'Worst misses', es: 'Los peores descuidos' },
  'misses.means': {
    en: 'It is there, and the score is furthest below what would have raised it.',
    es: 'Está, y la puntuación queda más lejos de la que habría avisado.'
  },
  wrong: { en: 'Worst false alarms', es: 'Las peores falsas alertas' },
  'wrong.means': {
    en: 'It isn’t there, and the score is highest.',
    es: 'No está, y la puntuación es la más alta.'
  },
  'box.labelled': { en: 'labelled', es: 'etiquetado' },
  'box.found': {
    en: 'found on the whole picture, with its score',
    es: 'encontrado en la imagen entera, con su puntuación'
  },
  'picture.score': { en: 'score {score}', es: 'puntuación {score}' },
  'picture.none': { en: 'None.', es: 'Ninguna.' },
  run: { en: 'How the run went', es: 'Cómo fue la medición' },
  'run.looks': {
    en: 'Looks per picture, median {p50}, fewest {least}; a look took {ms} ms (median).',
    es: 'Miradas por imagen: mediana {p50}, mínimo {least}; una mirada tardó {ms} ms (mediana).'
  },
  'run.processor': {
    en: 'Time was the processor’s, not the wall’s: as on a computer with nothing else to do.',
    es: 'El tiempo fue el del procesador y no el de la pared: como en un equipo sin nada más que hacer.'
  },
  'run.stated': {
    en: 'Time was stated: as on a computer where a look takes {ms} ms and nothing else takes any.',
    es: 'El tiempo fue el indicado: como en un equipo donde una mirada tarda {ms} ms y lo demás no tarda nada.'
  },
  'run.late': {
    en: '{count, plural, one {At # picture} other {At # pictures}} no look landed in time: this computer was too slow or too busy, and what they show counts as missed.',
    es: '{count, plural, one {En # imagen} other {En # imágenes}} ninguna mirada llegó a tiempo: este equipo iba demasiado lento u ocupado, y lo que muestran cuenta como no visto.'
  },
  'run.camera': {
    en: 'Verdicts about the camera are reported, not applied, since a still is no camera: {list}.',
    es: 'Los veredictos sobre la cámara se informan sin aplicarse, pues una imagen fija no es una cámara: {list}.'
  },
  'run.camera.none': {
    en: 'No verdict about the camera held.',
    es: 'No se cumplió ningún veredicto sobre la cámara.'
  },
  'run.unreadable': {
    en: '{count, plural, one {# picture} other {# pictures}} could not be read: {list}.',
    es: '{count, plural, one {No se pudo leer # imagen} other {No se pudieron leer # imágenes}}: {list}.'
  },
  'run.contradict': {
    en: '{count, plural, one {# picture has tags} other {# pictures have tags}} that contradict the boxes; the tags were followed.',
    es: '{count, plural, one {# imagen tiene datos} other {# imágenes tienen datos}} que contradicen los recuadros; se siguieron los datos.'
  },
  'run.absent': {
    en: 'Somebody is there, and every look counted nobody: {hits} of {of} pictures.',
    es: 'Hay alguien, y todas las miradas contaron a nadie: {hits} de {of} imágenes.'
  }
} as const satisfies Area
export type WordKey = keyof typeof reportWords

/** The report's texts in one language. Throws when a value is missing: a bug, not a state. */
export const wordsIn =
  (language: Language) =>
  (key: WordKey, values: Readonly<Record<string, string | number>> = {}): string =>
    String(
      new IntlMessageFormat(reportWords[key][language], language, undefined, { ignoreTag: true }).format(
        values
      )
    )
export type Words = ReturnType<typeof wordsIn>
