import { expect, test } from 'vitest'
import { Question } from './question'

function start() {
  const signals: AbortSignal[] = []
  const answers: (() => void)[] = []
  const question = new Question((signal) => {
    signals.push(signal)
    return new Promise((resolve) => {
      answers.push(resolve)
      signal.addEventListener('abort', () => resolve())
    })
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { question, signals, answers, settled }
}

test('is put once at a time; asked meanwhile, once more afterwards, however often', async () => {
  const { question, signals, answers, settled } = start()
  question.ask()
  question.ask()
  question.ask()
  expect(signals).toHaveLength(1)
  answers[0]?.()
  await settled()
  expect(signals).toHaveLength(2)
  answers[1]?.()
  await settled()
  expect(signals).toHaveLength(2)
  expect(question.underWay).toBeNull()
})

test('gives way at once, and is put again; one that is not under way has nothing to give', async () => {
  const { question, signals, settled } = start()
  question.giveWay()
  expect(signals).toHaveLength(0)
  question.ask()
  question.giveWay()
  expect(signals[0]?.aborted).toBe(true)
  await settled()
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
})
