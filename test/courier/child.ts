import { EventEmitter } from 'node:events'

/**
 * Runs the courier's program as main does, as a process of its own, but under plain Node: the port of a utility
 * process is stood in for by Node's own channel to the parent.
 */
const port = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => {
    process.send?.(message)
  }
})
Object.defineProperty(process, 'parentPort', { value: port })
process.on('disconnect', () => process.exit(0))
// Node keeps messages until somebody listens: that is the courier, so it comes first.
void import('../../src/main/courier/index').then(() => {
  process.on('message', (data) => port.emit('message', { data }))
})
