import { readFileSync } from 'node:fs'
import type { Observation } from '../../src/core/observation/observation'
import { recordedSchema } from '../../src/core/observation/recording'

const [first = ''] = readFileSync('test/observations/clear.jsonl', 'utf8').split('\n')
const quietRoom = recordedSchema.parse(JSON.parse(first)).observation

/** One look at a quiet room with one person at work, under its number in the run. */
export const readLook = (seq: number): Observation => ({ ...quietRoom, seq, ageMs: 20 })
