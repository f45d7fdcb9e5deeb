// Draws clips for the demo, the end-to-end scenes and the benches.
//   npx tsx scripts/scene/draw.ts --out DIR [--scene demo|clear|phone|second-person|nobody|bench|all] [--seed N] [--runs N]
// Writes DIR/NAME.mjpeg; for the bench also DIR/bench.json, the list of its composites. A clip that is there already
// with the same parameters is left alone.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchClip } from './bench'
import { drawFrames } from './scene'
import { scenes, type SceneName } from './scenes'

export interface DrawOptions {
  /** Folder of the clips; made when missing. */
  readonly out: string
  readonly scene: SceneName | 'bench'
  readonly seed?: number
  /** Composites of the bench clip. */
  readonly runs?: number
}

/** Changes when this code does, so that an old clip is not taken for a new one. */
const codeStamp = (): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .sort())
    hash.update(readFileSync(join(import.meta.dirname, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Draws one clip unless it is there already; answers its path. Throws when the pictures are missing. */
export const drawClip = async ({ out, scene, seed = 1, runs = 20 }: DrawOptions): Promise<string> => {
  mkdirSync(out, { recursive: true })
  const path = join(resolve(out), `${scene}.mjpeg`)
  const stampPath = join(resolve(out), `${scene}.stamp`)
  const stamp = `${scene} seed ${seed} runs ${scene === 'bench' ? runs : 0} code ${codeStamp()}\n`
  if (existsSync(path) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return path
  const bench = scene === 'bench' ? benchClip(runs, seed) : null
  const frames = scene === 'bench' ? bench?.frames() : drawFrames(scenes[scene](seed))
  // Written beside and renamed: a clip that was cut short is never played.
  const part = `${path}.${process.pid}.part`
  const file = await open(part, 'w')
  try {
    for await (const frame of frames ?? []) await file.write(frame)
  } finally {
    await file.close()
  }
  renameSync(part, path)
  if (bench) writeFileSync(join(resolve(out), 'bench.json'), `${JSON.stringify(bench.list, null, 2)}\n`)
  writeFileSync(stampPath, stamp)
  return path
}

const names: readonly string[] = [...Object.keys(scenes), 'bench']
const isScene = (name: string): name is SceneName | 'bench' => names.includes(name)

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      scene: { type: 'string', default: 'all' },
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '20' }
    }
  })
  const wanted = values.scene === 'all' ? Object.keys(scenes) : [values.scene]
  for (const scene of wanted) {
    if (values.out === undefined || !isScene(scene)) {
      console.error(`usage: draw.ts --out DIR [--scene ${names.join('|')}|all] [--seed N] [--runs N]`)
      process.exit(2)
    }
    const path = await drawClip({
      out: values.out,
      scene,
      seed: Number(values.seed),
      runs: Number(values.runs)
    })
    console.log(path)
  }
}

if (process.argv[1] === import.meta.filename) await main()
