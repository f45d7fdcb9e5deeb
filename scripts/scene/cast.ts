import type { SpriteSource } from './pictures'

/** A room at home, out of focus: window, blinds and a wooden frame. */
export const room: SpriteSource = {
  file: 'people/sample6.jpg',
  crop: { left: 0, top: 0, width: 480, height: 360 },
  blur: 5,
  light: 0.86,
  width: 680
}

/** Somebody else of the household, cut out to the waist. */
export const visitor: SpriteSource = {
  file: 'people/sample6.jpg',
  crop: { left: 110, top: 355, width: 560, height: 795 },
  // prettier-ignore
  outline: [
    [300, 372], [360, 380], [420, 415], [460, 460], [490, 510], [520, 560], [545, 620], [560, 680], [575, 740],
    [600, 800], [610, 860], [622, 900], [640, 930], [655, 960], [655, 1020], [645, 1080], [640, 1160], [155, 1160],
    [150, 1000], [155, 930], [165, 885], [152, 862], [135, 828], [165, 790], [160, 720], [162, 640], [168, 560],
    [178, 500], [195, 440], [230, 400], [265, 380]
  ],
  width: 310
}

/** The advocate of the demo, in a working shirt with a badge. */
export const advocate: SpriteSource = {
  file: 'people/sample1.jpg',
  crop: { left: 1215, top: 170, width: 620, height: 720 },
  // prettier-ignore
  outline: [
    [1620, 184], [1680, 197], [1718, 240], [1743, 310], [1763, 400], [1776, 500], [1788, 600], [1796, 700],
    [1802, 800], [1815, 900], [1254, 900], [1246, 700], [1236, 620], [1236, 560], [1264, 522], [1292, 457],
    [1345, 424], [1430, 398], [1455, 385], [1468, 345], [1481, 300], [1502, 255], [1534, 221], [1576, 198]
  ],
  light: 1.25,
  width: 400
}

/** A phone in a hand, its screen to the camera. */
export const heldPhone: SpriteSource = {
  file: 'phones/iPhone7Hand_2-black.png',
  screen: { left: 348, top: 104, width: 354, height: 632 },
  width: 190
}
