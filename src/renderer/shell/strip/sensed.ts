import type { ShellState } from '../../../contract/ipc/schema'
import type { Say } from '../../../ui/language'
import type { Language } from '../../../ui/messages/message'
import { ruleShort } from '../../../ui/rule-words'
import type { StateName } from '../../../ui/states'

/** What is sensed now, in a few words, and how it is drawn. */
export interface SensedWords {
  readonly state: StateName
  readonly words: string
}

/** Only what the state proves is said: no answer about the room, no words about it. */
export function sensedWords(state: ShellState, language: Language, say: Say): SensedWords {
  const camera = say(`shell.camera.${state.camera.state}`)
  const [reason] = [...state.reasons, ...state.warnings]
  if (state.camera.state === 'lost') return { state: 'attention', words: camera }
  if (reason !== undefined) {
    return {
      state: state.reasons.length > 0 ? 'hidden' : 'attention',
      words: join(camera, ruleShort(language, reason.rule))
    }
  }
  if (state.camera.state === 'starting') return { state: 'off', words: camera }
  if (state.desk !== 'shown') return { state: 'off', words: join(camera, say('shell.room.checking')) }
  return { state: 'all-well', words: join(camera, ...roomWords(state.sensed, say)) }
}

function roomWords(sensed: ShellState['sensed'], say: Say): readonly string[] {
  if (sensed == null) return [say('shell.room.clear')]
  const people = sensed.people === null ? [] : [say('shell.people', { count: sensed.people })]
  const phone = sensed.phone === 'unknown' ? [] : [say(`shell.phone.${sensed.phone}`)]
  return [...people, ...phone]
}

const join = (...parts: readonly string[]): string => parts.join(' · ')
