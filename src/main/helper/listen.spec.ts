import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { listenToMain } from './listen'

test('D7: a helper answers whether it is there with the number that it was asked, and hands on the rest', () => {
  const said: unknown[] = []
  const handled: unknown[] = []
  const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => said.push(message) })
  listenToMain(port, (data) => handled.push(data))
  port.emit('message', { data: { kind: 'ping', number: 7 } })
  port.emit('message', { data: { kind: 'ping', number: 8, more: true } })
  port.emit('message', { data: { kind: 'watch' } })
  expect(said).toEqual([{ kind: 'pong', number: 7 }])
  expect(handled).toEqual([{ kind: 'ping', number: 8, more: true }, { kind: 'watch' }])
})
