import sharp from 'sharp'
import { spriteOf, svg } from '../../scene/pictures'
import type { Random } from '../../scene/random'
import type { Sprite } from '../../scene/raster'

// No package ships pictures of these, so they are drawn: plain shaded shapes, good enough to be neither a phone nor a
// person to somebody who looks. What a detector makes of photographs of them is another question.

const drawn = (width: number, height: number, inside: string): Promise<Sprite> =>
  spriteOf(sharp(svg(width, height, inside)))

const shade = (id: string, dark: string, light: string): string =>
  `<linearGradient id="${id}"><stop offset="0" stop-color="${dark}"/><stop offset="0.35" stop-color="${light}"/>
   <stop offset="1" stop-color="${dark}"/></linearGradient>`

/** A mug with a handle, and with `held` the fingers around it. */
export const mug = (chance: Random, held: boolean): Promise<Sprite> => {
  const [dark, light] = chance.pick([
    ['#7c2d2a', '#c75b52'],
    ['#2b4a5e', '#6fa0b8'],
    ['#8d8a80', '#f1eee4']
  ] as const)
  const fingers = [40, 62, 84]
    .map((y) => `<rect x="6" y="${y}" width="70" height="19" rx="9" fill="url(#skin)"/>`)
    .join('')
  return drawn(
    130,
    140,
    `<defs>${shade('body', dark, light)}${shade('skin', '#a8735a', '#e0ac90')}</defs>
     <path d="M92 42 q34 0 30 34 q-4 28 -32 26" fill="none" stroke="${dark}" stroke-width="11"/>
     <path d="M16 20 L20 118 q38 16 72 0 L96 20 Z" fill="url(#body)"/>
     <ellipse cx="56" cy="20" rx="40" ry="10" fill="${light}"/>
     <ellipse cx="56" cy="22" rx="34" ry="7" fill="#3a2417"/>${held ? fingers : ''}`
  )
}

/** An open hand with nothing in it, on a forearm. */
export const emptyHand = (chance: Random): Promise<Sprite> => {
  const [dark, light] = chance.pick([
    ['#a8735a', '#e0ac90'],
    ['#7a4b32', '#b57f5e'],
    ['#4a2f22', '#7d5540']
  ] as const)
  const fingers = [
    [30, 34, -7],
    [50, 18, -2],
    [70, 20, 3],
    [90, 36, 9]
  ].map(
    ([x = 0, y = 0, turned = 0]) =>
      `<rect x="${x - 9}" y="${y}" width="18" height="84" rx="9" fill="url(#skin)"
        transform="rotate(${turned} ${x} 110)"/>`
  )
  return drawn(
    130,
    300,
    `<defs>${shade('skin', dark, light)}</defs>
     <rect x="34" y="150" width="52" height="150" rx="18" fill="url(#skin)"/>${fingers.join('')}
     <rect x="92" y="92" width="18" height="70" rx="9" fill="url(#skin)" transform="rotate(30 98 160)"/>
     <rect x="22" y="92" width="78" height="86" rx="26" fill="url(#skin)"/>
     <path d="M34 136 q28 12 54 -4" fill="none" stroke="${dark}" stroke-width="2"/>`
  )
}

/** Where a head is in its sprite, in pixels: the middle between the ears, and how far they are from it. */
export interface Head {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Puts a headset with a microphone on somebody's head. */
export const withHeadset = async (person: Sprite, { x, y, radius }: Head): Promise<Sprite> => {
  const over = await drawn(
    person.width,
    person.height,
    `<defs>${shade('cup', '#15171a', '#4b5057')}</defs>
     <path d="M${x - radius} ${y} C${x - radius} ${y - radius * 1.6} ${x + radius} ${y - radius * 1.6} ${x + radius} ${y}"
       fill="none" stroke="#1d2024" stroke-width="${radius * 0.14}"/>
     <rect x="${x - radius * 1.12}" y="${y - radius * 0.28}" width="${radius * 0.34}" height="${radius * 0.66}"
       rx="${radius * 0.14}" fill="url(#cup)"/>
     <rect x="${x + radius * 0.78}" y="${y - radius * 0.28}" width="${radius * 0.34}" height="${radius * 0.66}"
       rx="${radius * 0.14}" fill="url(#cup)"/>
     <path d="M${x - radius} ${y + radius * 0.3} q${radius * 0.1} ${radius * 0.62} ${radius * 0.72} ${radius * 0.6}"
       fill="none" stroke="#1d2024" stroke-width="${radius * 0.08}"/>
     <ellipse cx="${x - radius * 0.26}" cy="${y + radius * 0.9}" rx="${radius * 0.13}" ry="${radius * 0.09}" fill="#15171a"/>`
  )
  const data = person.data.slice()
  for (let at = 0; at < data.length; at += 4) {
    const through = 1 - (over.data[at + 3] ?? 0) / 255
    for (let channel = at; channel < at + 4; channel += 1)
      data[channel] = (over.data[channel] ?? 0) + (data[channel] ?? 0) * through
  }
  return { ...person, data }
}
