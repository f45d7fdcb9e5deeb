import type { Duplex } from 'node:stream'
import type { Datagrams } from './datagrams'
import { framed, TurnFrames } from './turn-frames'

/** More than this waiting for the tab, bytes, and datagrams are dropped, as a network drops them. */
const MAX_WAITING = 1024 * 1024

/**
 * Carries a tab's TURN over TCP to a media relay over UDP, message by message. Bytes that are no TURN message end it
 * before they are sent: by this way nothing but a call leaves.
 */
export function relayMedia(client: Duplex, far: Datagrams, head: Buffer): void {
  const frames = new TurnFrames()
  const take = (bytes: Buffer): void => {
    const messages = frames.take(bytes)
    if (messages === 'wrong') {
      client.destroy()
      return
    }
    for (const message of messages) far.send(message)
  }
  far.on('message', (datagram) => {
    const message = framed(datagram)
    if (message !== null && client.writableLength < MAX_WAITING) client.write(message)
  })
  far.on('close', () => client.destroy())
  client.on('close', () => far.destroy())
  client.on('end', () => client.destroy())
  client.on('data', take)
  if (head.length > 0) take(head)
}
