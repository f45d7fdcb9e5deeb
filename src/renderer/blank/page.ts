import type { WindowApi } from '../../contract/ipc/derive'
import type { BlankState, IpcSchema } from '../../contract/ipc/schema'
import { translate } from '../../ui/messages/translate'
import { clockTime } from '../../ui/time'
import { viewOf, type BlankView } from './view'

/** Keys typed for the workspace in the moment it hid must not press a button here. */
const KEY_GUARD_MS = 700
/** How long "press again" waits. */
const SURE_MS = 5000

type Api = WindowApi<IpcSchema['blank']>

/**
 * Keeps the page at what main says. The words in the page's own markup stand until the first state comes,
 * and stay for good if this script or the bridge fails.
 */
export function startBlankPage(document: Document, api: Api, now: () => Date): void {
  const page = partsOf(document)
  let newest: BlankState | null = null
  let arrivedAt = 0
  let hiddenAt = 0
  let sureUntil = 0

  const show = (): void => {
    if (newest === null) return
    document.documentElement.lang = newest.language
    const view = viewOf(newest)
    showView(page, view)
    showRing(page, view.clearing, arrivedAt)
    showActions(page, newest, view.offersActions, performance.now() < sureUntil)
  }
  const tick = (): void => {
    const at = now()
    write(page.clock, clockTime(newest?.language ?? 'en', at.getTime()))
    page.clock.setAttribute('datetime', at.toISOString())
    show()
    setTimeout(tick, 1000 - (at.getTime() % 1000))
  }
  const onPress = (button: HTMLElement, act: () => void): void => {
    button.addEventListener('click', (event) => {
      const byKey = event.detail === 0
      if (!byKey || performance.now() - hiddenAt > KEY_GUARD_MS) act()
    })
  }

  onPress(page.help, () => api.askHelp())
  onPress(page.endDemo, () => api.endDemo())
  onPress(page.endShift, () => {
    if (performance.now() < sureUntil) api.signOut()
    sureUntil = performance.now() + SURE_MS
    show()
  })
  api.state((state) => {
    arrivedAt = performance.now()
    if (state.desk === 'hidden' && newest?.desk !== 'hidden') {
      hiddenAt = arrivedAt
      sureUntil = 0
      // A button that had the focus the last time must not catch what is being typed now.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    }
    newest = state
    show()
  })
  tick()
}

interface Parts {
  readonly body: HTMLElement
  readonly icon: Element
  readonly ring: SVGElement
  readonly seen: HTMLElement
  readonly clears: HTMLElement
  readonly also: HTMLElement
  readonly since: HTMLElement
  readonly people: HTMLElement
  readonly recorded: HTMLElement
  readonly clock: HTMLElement
  readonly helpAsked: HTMLElement
  readonly actions: HTMLElement
  readonly help: HTMLElement
  readonly endShift: HTMLElement
  readonly endDemo: HTMLElement
}

function partsOf(document: Document): Parts {
  const find = <T extends Element>(id: string, kind: new () => T): T => {
    const element = document.getElementById(id) as Element | null
    if (!(element instanceof kind)) throw new Error(`the blank page has no #${id}`)
    return element
  }
  return {
    body: document.body,
    icon: find('icon', SVGElement),
    ring: find('ring', SVGElement),
    seen: find('seen', HTMLElement),
    clears: find('clears', HTMLElement),
    also: find('also', HTMLElement),
    since: find('since', HTMLElement),
    people: find('people', HTMLElement),
    recorded: find('recorded', HTMLElement),
    clock: find('clock', HTMLElement),
    helpAsked: find('help-asked', HTMLElement),
    actions: find('actions', HTMLElement),
    help: find('help', HTMLElement),
    endShift: find('end-shift', HTMLElement),
    endDemo: find('end-demo', HTMLElement)
  }
}

function showView(page: Parts, view: BlankView): void {
  page.icon.setAttribute('href', `#icon-${view.icon}`)
  write(page.seen, view.seen)
  write(page.clears, view.clears)
  write(page.also, view.also)
  page.also.hidden = view.also === ''
  write(page.since, view.since)
  write(page.people, view.people)
  write(page.recorded, view.recorded)
}

/** A snapshot that differs less than this from what the ring already does changes nothing: it would only stutter. */
const DRIFT_MS = 200

/**
 * Sets the ring going from where the dwell stood when the state came (`arrivedAt`, milliseconds of this page's clock);
 * the motion itself is the style sheet's.
 */
function showRing({ body, ring }: Parts, clearing: BlankView['clearing'], arrivedAt: number): void {
  const endsAt = clearing === null ? 0 : arrivedAt + clearing.leftMs
  const before = Number(ring.dataset['endsAt'] ?? 0)
  if (endsAt === before || (clearing !== null && before !== 0 && Math.abs(endsAt - before) < DRIFT_MS)) return
  ring.dataset['endsAt'] = String(endsAt)
  body.toggleAttribute('data-clearing', clearing !== null)
  if (clearing === null) return
  const leftMs = endsAt - performance.now()
  const goneMs = Math.min(clearing.totalMs, Math.max(0, clearing.totalMs - leftMs))
  ring.style.setProperty('--total', `${clearing.totalMs}ms`)
  ring.style.setProperty('--gone', `${goneMs}ms`)
  ring.style.setProperty('--still', String(100 - (100 * goneMs) / clearing.totalMs))
  // A motion that already runs counts from now again: the delay above says how much was gone by then.
  for (const motion of ring.getAnimations()) motion.currentTime = 0
}

function showActions(page: Parts, state: BlankState, offers: boolean, sure: boolean): void {
  const { language } = state
  page.actions.setAttribute('aria-label', translate(language, 'blank.actions'))
  page.actions.hidden = false
  page.help.hidden = !offers || state.helpAsked
  page.endShift.hidden = !offers
  page.endDemo.hidden = state.flavour !== 'demo'
  write(page.help, translate(language, 'blank.help'))
  write(page.endShift, translate(language, sure ? 'blank.end-shift.sure' : 'blank.end-shift'))
  write(page.endDemo, translate(language, 'blank.end-demo'))
  write(page.helpAsked, state.helpAsked && offers ? translate(language, 'blank.help.asked') : '')
}

/** Writes only what changed, so that a screen reader hears a sentence once. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}
