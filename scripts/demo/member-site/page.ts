import { dateText } from './clinics'
import { html, type Html } from './html'
import type { RecordState } from './record'
import { answerSection, examsSection, notesSection, type Moment, type SectionId } from './sections'

/** One part of the page alone, as the page's script asks for it. */
export function sectionMarkup(id: SectionId, state: RecordState, moment: Moment): string {
  if (id === 'answer') return answerSection(moment).markup
  return (id === 'exams' ? examsSection(state, moment) : notesSection(state, moment)).markup
}

/** The whole record of the sample member. */
export function recordPage(state: RecordState, moment: Moment): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Sample Member 0042 · Member services</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/site.css" />
        <script type="module" src="/site.js"></script>
      </head>
      <body>
        <header class="top">
          <img src="/icon.svg" alt="" width="28" height="28" />
          <p><b>Demo Care</b> Member services</p>
          <p class="sample">Sample data: nobody here is real</p>
        </header>
        <div class="columns">
          ${memberCard(moment.now)}
          <main>${answerSection(moment)} ${examsSection(state, moment)} ${notesSection(state, moment)}</main>
          ${callScript()}
        </div>
      </body>
    </html>`.markup
}

const pairs = (entries: readonly (readonly [string, string])[]): Html =>
  html`<dl>
    ${entries.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`
    )}
  </dl>`

function memberCard(now: Date): Html {
  return html`<aside class="member" aria-labelledby="member-name">
    <h1 id="member-name">Sample Member 0042</h1>
    <p class="state">Active member</p>
    ${pairs([
      ['Member ID', 'DC-000-0042'],
      ['Born', 'March 14, 1958'],
      ['Address', '42 Sample Street, Demo City 00042'],
      ['Phone', '555-0142, mornings'],
      ['Language', 'English, large print by mail']
    ])}
    <h2>Plan</h2>
    ${pairs([
      ['Plan', 'Demo Care Choice 65 (HMO)'],
      ['Since', `January 1, ${now.getFullYear()}`],
      ['Primary doctor', 'Sample Doctor 7, Demo Family Clinic'],
      ['Deductible', '$0 of $0'],
      ['Out of pocket so far', '$412 of $3,900']
    ])}
    <h2>Care on file</h2>
    <ul class="plainlist">
      <li>Type 2 diabetes, no insulin</li>
      <li>Last A1C 7.1%, ${dateText(new Date(now.getTime() - 61 * 86_400_000))}</li>
      <li>Test strips filled: 50, ${dateText(new Date(now.getTime() - 40 * 86_400_000))}</li>
    </ul>
  </aside>`
}

function callScript(): Html {
  const step = (id: string, text: string): Html =>
    html`<label class="check"><input type="checkbox" name="${id}" /> <span>${text}</span></label>`
  return html`<aside class="script" aria-labelledby="script-title">
    <h2 id="script-title">Call script</h2>
    <ol>
      <li>
        <h3>Greet</h3>
        <p>Thank you for calling Demo Care member services. How may I help you today?</p>
      </li>
      <li>
        <h3>Check who is calling</h3>
        <p>Before I open your record, may I ask for three details?</p>
        ${step('name', 'Full name')} ${step('born', 'Date of birth')}
        ${step('address', 'Address or member ID')}
      </li>
      <li>
        <h3>Answer</h3>
        <p>Look the question up, read the sentence marked Say, then ask: does that answer your question?</p>
      </li>
      <li>
        <h3>Offer what is due</h3>
        <p>I see that your second foot exam is due. Shall I book it now, while we talk?</p>
      </li>
      <li>
        <h3>Close</h3>
        <p>Is there anything else I can do for you? Thank you for calling, and take care.</p>
        ${step('noted', 'Note saved')}
      </li>
    </ol>
    <p class="nurse">
      <b>Feeling unwell, or a wound that does not heal?</b> Offer the nurse line, extension 200. In an
      emergency, ask the member to call 911.
    </p>
  </aside>`
}
