import type { AlertView, Tile } from '../../contract/wire/v1/console'
import type { Words } from '../../ui/language'
import { ruleShort } from '../../ui/rule-words'
import type { StateName } from '../../ui/states'
import { clockTime, lengthOfTime } from '../../ui/time'

/** Whom a row is about: the person, or the workstation while nobody is signed in. */
export const nameOf = (row: Pick<Tile, 'person' | 'label'>): string => row.person?.name ?? row.label

export function stateOfTile(tile: Tile): StateName {
  const states = {
    shown: 'all-well',
    hidden: 'hidden',
    unknown: 'attention',
    starting: 'off',
    'signed-out': 'off'
  } as const
  if (tile.trust === 'quarantined') return 'act-now'
  if (tile.trust === 'revoked') return 'off'
  if (tile.locked || tile.reasons.includes('help-asked')) return 'act-now'
  return isExcepted(tile) ? 'attention' : states[tile.state]
}

/** At work although a check that would hide the desk does not pass. */
const isExcepted = ({ state, reasons }: Tile): boolean =>
  state === 'shown' && reasons.includes('break-glass-used')

/** Desks that are not believed are named for that, whatever they said last. */
const untrusted = ['quarantined', 'revoked', 'unproven'] as const
const distrustOf = ({ trust }: Tile): (typeof untrusted)[number] | undefined =>
  untrusted.find((one) => one === trust)

/** The tile's one word: a call for help comes before everything else. */
export function wordOfTile({ say }: Words, tile: Tile): string {
  const distrust = distrustOf(tile)
  if (distrust !== undefined) return say(`desk.state.${distrust}`)
  if (tile.reasons.includes('help-asked')) return say('desk.state.help')
  if (isExcepted(tile)) return say('desk.state.exception')
  return say(tile.locked ? 'desk.state.locked' : `desk.state.${tile.state}`)
}

/** What stands beside the word: `phone in view, someone else in view`; empty when there is no more to say. */
export const reasonWords = ({ language }: Words, tile: Tile): string =>
  tile.reasons
    .filter((rule) => rule !== 'help-asked' && !(rule === 'break-glass-used' && isExcepted(tile)))
    .map((rule) => ruleShort(language, rule))
    .join(', ')

/** `Demo Advocate 3: hidden since 14:02, phone in view.` */
export function deskSentence(words: Words, tile: Tile): string {
  const { language, say } = words
  const values = { name: nameOf(tile), time: clockTime(language, tile.since) }
  const reasons = tile.reasons.map((rule) => ruleShort(language, rule)).join(', ')
  const distrust = distrustOf(tile)
  if (distrust !== undefined) return say(`desk.sentence.${distrust}`, values)
  if (tile.state === 'shown' && reasons !== '') return say('desk.sentence.shownWith', { ...values, reasons })
  if (tile.state !== 'hidden') return say(`desk.sentence.${tile.state}`, values)
  if (tile.locked) return say('desk.sentence.locked', { ...values, reasons })
  return reasons === ''
    ? say('desk.sentence.hiddenPlain', values)
    : say('desk.sentence.hidden', { ...values, reasons })
}

/** `Demo Advocate 3: hidden since 14:02, phone in view (third time today).` */
export function alertSentence({ language, say }: Words, alert: AlertView): string {
  const values = {
    name: nameOf(alert),
    time: clockTime(language, alert.raisedAt),
    reason: ruleShort(language, alert.rule),
    times: say('alert.times', { count: alert.timesToday })
  }
  if (alert.active || alert.durationMs === null) {
    if (alert.response === 'lock') return say('alert.sentence.locked', values)
    return say(alert.hidden ? 'alert.sentence.hidden' : 'alert.sentence.seen', values)
  }
  const length = exactLength(language, alert.durationMs)
  return say(alert.hidden ? 'alert.sentence.wasHidden' : 'alert.sentence.wasSeen', { ...values, length })
}

/** `Hidden since 14:02`, or how long it took; and that it came more than once, if it did. */
export function alertCardWords({ language, say }: Words, alert: AlertView): readonly string[] {
  const time = clockTime(language, alert.raisedAt)
  const still = alert.response === 'lock' ? 'locked' : alert.hidden ? 'hidden' : 'seen'
  const when =
    alert.active || alert.durationMs === null
      ? say(`alert.card.${still}`, { time })
      : say('alert.card.over', { length: exactLength(language, alert.durationMs) })
  return [when, ...mergedWords({ language, say }, alert), say('alert.times', { count: alert.timesToday })]
}

/** `came 3 times, counted as one`; nothing for an alert that came once. */
export const mergedWords = ({ say }: Words, { times }: AlertView): readonly string[] =>
  times > 1 ? [say('alert.merged', { count: times })] : []

/** A length that is over, seconds included: `4 s`, `2 min`. */
export function exactLength(language: Words['language'], ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s` : lengthOfTime(language, ms)
}
