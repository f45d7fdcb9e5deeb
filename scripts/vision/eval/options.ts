import { parseArgs } from 'node:util'
import { languages, type Language } from '../../../src/ui/messages/message'
import { clockKinds, type ClockKind } from './run/clock'

export interface EvalOptions {
  readonly data: string | null
  readonly videos: string | null
  readonly json: string | undefined
  readonly html: string | null
  readonly groups: string | null
  readonly policy: string | undefined
  /** Folder of another model than the one that ships. */
  readonly model: string | undefined
  readonly observations: string | null
  /** How long each still stands before the camera, milliseconds. */
  readonly forMs: number
  readonly limit: number
  /** Frames per second of image sequences. */
  readonly fps: number
  readonly clock: ClockKind
  /** How long a look takes on the computer that the figures are for, milliseconds; null: on this one. */
  readonly lookMs: number | null
  /** The program fails where the published figures are not reached. */
  readonly promised: boolean
  readonly language: Language
}

export const usage = `usage: eval:vision --data DIR [--json FILE] [--html DIR]
                   [--seconds N] [--limit N] [--groups FILE] [--policy FILE] [--model DIR]
                   [--clock wall|processor] [--look-ms N] [--language en|es] [--promised]
       eval:vision --video FILE_OR_DIR [--json FILE] [--observations FILE] [--fps N] [--policy FILE]
  --data          folder with images/ and annotations.json (COCO format, or tags of whole pictures)
  --video         a recording, a folder of recordings, or a folder of pictures as one sequence; clips.json beside
                  them says what is in them
  --json          where the figures go (they are printed too)
  --html          folder for the report; it holds pictures and stays on this computer
  --seconds       how long a still stands before the camera (1)
  --limit         only the first N pictures, for a quick look
  --groups        { "name": ["file.jpg"] }: figures for groups of your own
  --policy        judge by the rules of this policy instead of those that ship
  --model         folder of another model (models/README.md), as a desk would load it
  --observations  where the observations of a recording go, one a line, to replay them under other rules
  --fps           frames a second of a sequence of pictures (30)
  --promised      end with 1, and say which, where the figures that docs/vision.md promises are not reached
  --clock         wall (what counts), or processor: time as an idle computer would have it, for a busy one
  --look-ms       figures for a computer on which a look takes so many milliseconds, whatever it takes on this one`

/** What is wrong with the command line; the message names the option and the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const number = (name: string, text: string | undefined, otherwise: number, most: number): number => {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!(value > 0) || value > most)
    throw new UsageError(`--${name} ${text}: write a number above 0, up to ${most}.`)
  return value
}

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        video: { type: 'string' },
        json: { type: 'string' },
        html: { type: 'string' },
        groups: { type: 'string' },
        policy: { type: 'string' },
        model: { type: 'string' },
        observations: { type: 'string' },
        seconds: { type: 'string' },
        limit: { type: 'string' },
        fps: { type: 'string' },
        clock: { type: 'string' },
        'look-ms': { type: 'string' },
        language: { type: 'string', default: 'en' },
        promised: { type: 'boolean', default: false }
      }
    }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause))
  }
}

/** Reads the command line. Throws `UsageError`. */
export const readOptions = (args: readonly string[]): EvalOptions => {
  const values = parsed(args)
  const language = languages.find((known) => known === values.language)
  if (language === undefined) throw new UsageError(`--language ${values.language}: write en or es.`)
  const clock = clockKinds.find((known) => known === (values.clock ?? 'wall'))
  if (clock === undefined) throw new UsageError(`--clock ${String(values.clock)}: write wall or processor.`)
  const lookMs = values['look-ms'] === undefined ? null : number('look-ms', values['look-ms'], 0, 10_000)
  if (lookMs !== null && values.clock !== undefined)
    throw new UsageError('--look-ms is a clock of its own: leave --clock out.')
  if (lookMs !== null && (values.promised || values.video !== undefined))
    throw new UsageError('--look-ms is about pictures on another computer: leave --promised and --video out.')
  if (values.data === undefined && values.video === undefined)
    throw new UsageError('Nothing to measure: pass --data DIR or --video FILE_OR_DIR.')
  if (values.html !== undefined && values.data === undefined)
    throw new UsageError('--html shows pictures: pass them with --data DIR.')
  if (values.observations !== undefined && values.video === undefined)
    throw new UsageError('--observations needs a recording: pass it with --video FILE_OR_DIR.')
  return {
    data: values.data ?? null,
    videos: values.video ?? null,
    json: values.json,
    html: values.html ?? null,
    groups: values.groups ?? null,
    model: values.model,
    policy: values.policy,
    observations: values.observations ?? null,
    forMs: number('seconds', values.seconds, 1, 600) * 1000,
    limit: Math.floor(number('limit', values.limit, 1e9, 1e9)),
    fps: number('fps', values.fps, 30, 240),
    clock: lookMs === null ? clock : 'stated',
    lookMs,
    promised: values.promised,
    language
  }
}
