import { session, type Session } from 'electron'
import { answerFrom, type AnswerOptions } from '../hardening/answer'
import { closeToNetwork } from '../hardening/session'
import { SCHEME } from './page'

/** Sessions of our own windows. In memory; the sensor shares nothing with the others. */
export interface OwnSessions {
  readonly desk: Session
  readonly sensor: Session
  close(): void
}

/** Makes them and serves our own scheme in them, and in no other session. */
export function openOwnSessions(options: AnswerOptions, alsoAllowed: readonly string[]): OwnSessions {
  const answer = answerFrom(options)
  const open = (name: string): Session => {
    const own = session.fromPartition(name)
    closeToNetwork(own, alsoAllowed)
    own.protocol.handle(SCHEME, answer)
    return own
  }
  // The default session is for nobody.
  closeToNetwork(session.defaultSession, alsoAllowed)
  const desk = open('desk')
  const sensor = open('sensor')
  return {
    desk,
    sensor,
    close: () => {
      desk.protocol.unhandle(SCHEME)
      sensor.protocol.unhandle(SCHEME)
    }
  }
}
