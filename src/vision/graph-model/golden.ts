import type { ModelGolden } from '../../core/model/definition'

/** How far raw outputs are from the right ones, in units of what is allowed: more than 1 is wrong. */
export const differenceFrom = (golden: ModelGolden, raw: Float32Array): number => {
  if (raw.length !== golden.outputs) return Infinity
  let worst = 0
  golden.samples.forEach((right, index) => {
    const value = raw[index * golden.stride]
    const difference = value === undefined ? NaN : Math.abs(value - right) / Math.max(1, Math.abs(right))
    worst = Number.isFinite(difference) ? Math.max(worst, difference) : Infinity
  })
  return worst / golden.tolerance
}

/** Makes the expectation from outputs that are known to be right. Throws when one of them is not a number. */
export const goldenFrom = (raw: Float32Array, tolerance: number, most = 256): ModelGolden => {
  const stride = Math.max(1, Math.ceil(raw.length / most))
  const samples = [...raw].filter((_, index) => index % stride === 0)
  if (!samples.every(Number.isFinite)) throw new Error('An output for the golden picture is not a number.')
  return {
    outputs: raw.length,
    stride,
    samples: samples.map((value) => Number(value.toPrecision(6))),
    tolerance
  }
}
