import type { Pixels } from './detector'

/** Mean brightness (0 to 255) below which nothing can be told from the picture: a lens under tape gives 0 to 8. */
export const darkBelow = 10

/** Mean brightness of a thin sample of the picture, 0 to 255. */
export const brightnessOf = ({ width, height, data }: Pixels): number => {
  const step = Math.max(1, Math.floor((width * height) / 4096)) * 4
  let sum = 0
  let count = 0
  for (let at = 0; at + 2 < width * height * 4; at += step) {
    sum += 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
    count += 1
  }
  return count === 0 ? 0 : sum / count
}
