import { dateText, freeSlots, slotText, clinics } from './clinics'
import { coverageFacts, type CoverageFact } from './coverage'
import { html, type Html } from './html'
import { firstExam, NOTE_LIMIT, reasons, type RecordState } from './record'

/** Parts of the page that change; each can be asked for alone. */
export const sectionIds = ['answer', 'exams', 'notes'] as const
export type SectionId = (typeof sectionIds)[number]

/** What the last request brought, shown once. */
export interface Moment {
  readonly now: Date
  readonly question: string
  readonly fact: CoverageFact | null
  readonly problem: string
  readonly saved: boolean
}

/** "Are test strips covered?" and its answer. */
export function answerSection({ question, fact }: Moment): Html {
  return html`<section id="answer" class="card" aria-labelledby="answer-title">
    <h2 id="answer-title" tabindex="-1">Plan and coverage</h2>
    <form class="ask" action="/members/0042" method="get" data-section="answer" role="search">
      <label for="question">Benefit question</label>
      <div class="row">
        <input
          id="question"
          name="question"
          type="search"
          value="${question}"
          autocomplete="off"
          placeholder="For example: Are test strips covered?"
          maxlength="200"
        />
        <button type="submit">Look up</button>
      </div>
    </form>
    <ul class="chips" aria-label="Often asked">
      ${coverageFacts.map(
        (one) =>
          html`<li>
            <a
              href="/members/0042?question=${encodeURIComponent(one.question)}"
              data-section="answer"
              ${one === fact ? html`aria-current="true"` : null}
              >${one.question}</a
            >
          </li>`
      )}
    </ul>
    <div class="result" aria-live="polite">${answer(question, fact)}</div>
  </section>`
}

function answer(question: string, fact: CoverageFact | null): Html {
  if (question === '') return html`<p class="quiet">Ask a question or choose one of those above.</p>`
  if (fact === null) {
    return html`<p>
      Nothing found for <b>${question}</b>. Try a word such as strips, exam, shoes or ride, or transfer to the
      benefits line, extension 300.
    </p>`
  }
  return html`<article>
    <h3>
      <span class="verdict ${fact.verdict === 'Covered' ? 'yes' : 'maybe'}">${fact.verdict}</span>
      ${fact.question}
    </h3>
    <p class="say"><span>Say</span>${fact.say}</p>
    <dl>
      ${fact.details.map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`
      )}
    </dl>
    <p class="quiet">${fact.source}</p>
  </article>`
}

/** Two foot exams a year: one used, book the second. */
export function examsSection(state: RecordState, { now, problem }: Moment): Html {
  const { booking } = state
  return html`<section id="exams" class="card" aria-labelledby="exams-title">
    <h2 id="exams-title" tabindex="-1">
      Foot exams <span class="count">${booking === null ? '1 of 2 used' : '1 used, 1 booked'}</span>
    </h2>
    <ol class="exams">
      <li>
        <b>First exam</b> ${dateText(firstExam(now))}, Demo Foot Clinic, North
        <span class="tag done">Done</span>
      </li>
      <li>
        <b>Second exam</b> ${
          booking === null
            ? html`due now <span class="tag due">Not booked</span>`
            : html`${slotText(booking.slot.at)}, ${booking.slot.clinic.name}
                <span class="tag done">Booked</span>`
        }
      </li>
    </ol>
    <div aria-live="polite">
      ${problem === '' ? null : html`<p class="problem" role="alert">${problem}</p>`}
      ${booking === null ? null : confirmation(booking)}
    </div>
    ${booking === null ? bookingForm(now) : cancelForm()}
  </section>`
}

const confirmation = (booking: NonNullable<RecordState['booking']>): Html =>
  html`<div class="confirmed">
    <p>Booked. Confirmation number <strong class="number">${booking.confirmation}</strong></p>
    <p class="say">
      <span>Say</span>You are booked for ${slotText(booking.slot.at)} at ${booking.slot.clinic.name}. Your
      confirmation number is
      ${booking.confirmation.replaceAll(/(.)(?=.)/g, '$1 ')}.${
        booking.ride ? ' A driver calls you the day before to agree the time.' : ''
      }
      Please bring your member card and your medicines list.
    </p>
  </div>`

const cancelForm = (): Html =>
  html`<form action="/members/0042/booking/cancel" method="post" data-section="exams">
    <button type="submit" class="plain">Cancel this booking</button>
  </form>`

function bookingForm(now: Date): Html {
  const slots = freeSlots(now)
  return html`<form action="/members/0042/booking" method="post" data-section="exams">
    <p class="lead">Book the second exam. It costs the member $0 and needs no referral.</p>
    <div class="clinics">
      ${clinics.map(
        (clinic) =>
          html`<fieldset>
            <legend>${clinic.name}<small>${clinic.where}</small></legend>
            ${slots
              .filter((slot) => slot.clinic === clinic)
              .map(
                (slot) =>
                  html`<label class="slot"
                    ><input type="radio" name="slot" value="${slot.id}" required />
                    <span>${slotText(slot.at)}</span></label
                  >`
              )}
          </fieldset>`
      )}
    </div>
    <div class="row end">
      <label class="check"
        ><input type="checkbox" name="ride" value="yes" /> Book a ride (20 of 24 left)</label
      >
      <button type="submit">Confirm booking</button>
    </div>
  </form>`
}

/** Notes of this call and of earlier ones. */
export function notesSection(state: RecordState, { saved }: Moment): Html {
  return html`<section id="notes" class="card" aria-labelledby="notes-title">
    <h2 id="notes-title" tabindex="-1">Call notes</h2>
    <form action="/members/0042/notes" method="post" data-section="notes">
      <label for="reason">Reason for the call</label>
      <select id="reason" name="reason">
        ${reasons.map((reason) => html`<option>${reason}</option>`)}
      </select>
      <label for="note">Notes on this call</label>
      <textarea id="note" name="note" rows="4" maxlength="${NOTE_LIMIT}" required></textarea>
      <div class="row end">
        <span class="quiet" role="status"
          >${saved ? 'Saved.' : 'Do not write card numbers or passwords here.'}</span
        >
        <button type="submit">Save note</button>
      </div>
    </form>
    <h3>Earlier contacts</h3>
    <ul class="history">
      ${state.notes.map(
        (note) =>
          html`<li>
            <p><b>${note.reason}</b> <span class="quiet">${dateText(note.at)}, ${note.by}</span></p>
            <p>${note.text}</p>
          </li>`
      )}
    </ul>
  </section>`
}
