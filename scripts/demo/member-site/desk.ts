import { freeSlots } from './clinics'
import { findFact } from './coverage'
import { addNote, book, cancel, NOTE_LIMIT, reasons, type RecordState } from './record'
import type { Moment } from './sections'

/** What a request leads to: the record as it then stands, and what to say about it. */
export interface Answer {
  readonly state: RecordState
  readonly moment: Moment
}

const quiet = (now: Date): Moment => ({ now, question: '', fact: null, problem: '', saved: false })

/** Looks something up; null when there is no such page. */
export function ask(state: RecordState, url: URL, now: Date): Answer | null {
  if (url.pathname !== '/members/0042') return null
  const question = (url.searchParams.get('question') ?? '').trim().slice(0, 200)
  return { state, moment: { ...quiet(now), question, fact: findFact(question) } }
}

/** Takes a posted form; null when there is no such form. */
export function act(state: RecordState, path: string, form: URLSearchParams, now: Date): Answer | null {
  const moment = quiet(now)
  switch (path) {
    case '/members/0042/booking':
      return takeBooking(state, form, moment)
    case '/members/0042/booking/cancel':
      return { state: cancel(state), moment }
    case '/members/0042/notes':
      return takeNote(state, form, moment)
    default:
      return null
  }
}

function takeBooking(state: RecordState, form: URLSearchParams, moment: Moment): Answer {
  const slot = freeSlots(moment.now).find((one) => one.id === form.get('slot'))
  if (slot === undefined) return { state, moment: { ...moment, problem: 'Choose a time first.' } }
  if (state.booking !== null) {
    return { state, moment: { ...moment, problem: 'The second exam is booked already.' } }
  }
  return { state: book(state, slot, form.get('ride') === 'yes'), moment }
}

function takeNote(state: RecordState, form: URLSearchParams, moment: Moment): Answer {
  const text = (form.get('note') ?? '').trim().slice(0, NOTE_LIMIT)
  const reason = reasons.find((one) => one === form.get('reason')) ?? 'Other'
  if (text === '') return { state, moment }
  return {
    state: addNote(state, { at: moment.now, by: 'Demo Advocate 1', reason, text }),
    moment: { ...moment, saved: true }
  }
}
