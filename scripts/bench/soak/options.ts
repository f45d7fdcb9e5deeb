import { err, ok, type Result } from '../../../src/core/result'
import { sceneKinds, type SceneKind } from './desk'

export interface SoakOptions {
  readonly minutes: number
  readonly scene: SceneKind
  readonly seed: number
  readonly replaySeconds: number
  readonly gapMs: number
  readonly sampleMinutes: number
}

type Written = Readonly<Record<'minutes' | 'scene' | 'seed' | 'replay' | 'gap' | 'sample', string>>

/** What each number may be, from the first to the second. */
const bounds = {
  minutes: [0.05, 1_440],
  seed: [0, 2 ** 31],
  replay: [0, 120],
  gap: [0, 1_000],
  sample: [0.05, 1_440]
} as const

/** Reads what was written on the command line; an error names the option and what it takes. */
export const readOptions = (written: Written): Result<SoakOptions, string> => {
  const scene = sceneKinds.find((kind) => kind === written.scene)
  if (scene === undefined) return err(`--scene takes ${sceneKinds.join(' or ')}, not "${written.scene}".`)
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const text = written[name as keyof typeof bounds]
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most))
      return err(`--${name} takes a number from ${least} to ${most}, not "${text}".`)
  }
  return ok({
    minutes: Number(written.minutes),
    scene,
    seed: Number(written.seed),
    replaySeconds: Number(written.replay),
    gapMs: Number(written.gap),
    sampleMinutes: Number(written.sample)
  })
}
