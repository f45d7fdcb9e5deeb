import { expect, test } from 'vitest'
import type { FromIntegrity } from '../../contract/helper/integrity'
import { Rounds } from './rounds'

test('A2: the first check runs at full speed, the later ones pause between pieces, and all are told', async () => {
  const said: FromIntegrity[] = []
  const slept: number[] = []
  const rounds: Rounds = new Rounds({
    check: async (pause) => {
      await pause()
      return { kind: 'whole', files: said.length + 1 }
    },
    post: (message) => {
      said.push(message)
      if (said.length === 3) rounds.stop()
    },
    sleep: (ms) => {
      slept.push(ms)
      return Promise.resolve()
    },
    now: () => 0
  })
  await rounds.run(5000)
  expect(said.map(({ verdict }) => verdict.kind)).toEqual(['whole', 'whole', 'whole'])
  expect(slept[0]).toBe(5000)
  expect(slept.filter((ms) => ms < 5000)).toHaveLength(2)
})
