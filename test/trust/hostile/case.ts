import { expect } from 'vitest'
import type { Bend, Lie } from '../lying-hub'
import type { Workstation } from '../workstation'
import { poll, type HostileScene } from './scene'

/** One thing that a hub that was taken over tries. */
export type HostileCase = Try & (Recorded | Unrecorded)

interface Recorded {
  /** How the one record of it begins. Tries of one kind share it: each kind is told once in a run. */
  readonly record: string
}
/** Nothing tells it from what a true hub may say: it leaves no record. */
interface Unrecorded {
  readonly record: null
  /** Why it loosens nothing all the same: it has no effect, or makes the desk stricter. */
  readonly why: string
}

interface Try {
  readonly what: string
  /** What becomes of the true answer, … */
  readonly bend?: Bend
  /** … or what comes in its place. */
  readonly lie?: (scene: HostileScene) => Lie
  /** Headers that go with the true answer, or with what became of it. */
  readonly headers?: (scene: HostileScene) => Readonly<Record<string, string>>
  /** What else has to be so, after the hub answers truly again. */
  readonly then?: (station: Workstation, scene: HostileScene) => Promise<void>
}

/** Replies of one kind: where they come from, and what makes a desk ask. */
export interface Surface {
  readonly path: string
  readonly provoke: (station: Workstation, scene: HostileScene) => Promise<void> | void
  /** By field of the reply, as `fieldsOf` names it, or by means of transport. */
  readonly cases: Readonly<Record<string, readonly HostileCase[]>>
}

/** Everything that a hub could loosen. */
export const picture = (station: Workstation) => ({
  policy: station.desk.facts.policy,
  root: station.desk.believed.root?.version,
  lapsed: station.lapsed,
  names: new Set(station.said.flatMap((message) => (message.kind === 'ready' ? [message.device] : []))),
  models: new Set(
    station.said.flatMap((message) => (message.kind === 'model' ? [message.model.payload] : []))
  ),
  revealed: station.reveals
})

/** Tries one case on a desk, and holds it against what the desk was before. */
export async function attempt(
  scene: HostileScene,
  station: Workstation,
  surface: Surface,
  one: HostileCase
): Promise<void> {
  const before = picture(station)
  const person = station.desk.state.person
  const told = scene.hub.toldAt(surface.path)
  if (one.headers !== undefined) scene.hub.headers.set(surface.path, one.headers(scene))
  const bend = one.bend ?? (one.headers === undefined ? undefined : (truth: Record<string, unknown>) => truth)
  if (bend !== undefined) scene.hub.bends.set(surface.path, bend)
  if (one.lie !== undefined) scene.hub.lies.set(surface.path, one.lie(scene))
  const about = { ...poll, message: one.what }
  const had = labels(station).length
  const fresh = (): readonly string[] => labels(station).slice(had)
  // What was under way when it was provoked may have put it off: it is provoked again.
  for (let tries = 0; tries < 10 && scene.hub.toldAt(surface.path) === told; tries += 1) {
    await surface.provoke(station, scene)
    const until = performance.now() + 2000
    while (scene.hub.toldAt(surface.path) === told && performance.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect([one.what, scene.hub.toldAt(surface.path) > told]).toEqual([one.what, true])
  const { record } = one
  // Its own record, made by this try; a kind that was tried before has one already, and gets no second.
  if (record !== null && expects(station, record))
    await expect.poll(() => fresh().some(beginsWith(record)), about).toBe(true)
  scene.hub.repent()
  await one.then?.(station, scene)
  expect([one.what, picture(station)]).toEqual([one.what, before])
  const strangers = fresh().filter((label) => !triedAt(station).some((start) => label.startsWith(start)))
  expect([one.what, strangers]).toEqual([one.what, []])
  const now = station.desk.state.person
  if (now !== null && person !== null) expect([one.what, now]).toEqual([one.what, person])
}

/** What a desk has to tell of its hub, in the order in which it was told. */
export const labels = (station: Workstation): readonly string[] =>
  station.said.flatMap((message) =>
    message.kind === 'hub-odd' || message.kind === 'policy-refused' || message.kind === 'model-refused'
      ? [message.problem]
      : []
  )
const beginsWith = (start: string) => (label: string) => label.startsWith(start)

/** How the records begin of what was tried on a desk so far, each kind once. */
const tries = new WeakMap<Workstation, string[]>()
const triedAt = (station: Workstation): readonly string[] => tries.get(station) ?? []

/** Something is tried on a desk that leaves such a record. True when it is the first of its kind. */
export function expects(station: Workstation, record: string): boolean {
  const before = triedAt(station)
  if (before.includes(record)) return false
  tries.set(station, [...before, record])
  return true
}

/** What was tried on a desk is at the true hub, each kind exactly once, and nothing else of these codes is. */
export async function everyTryIsAnEvent(scene: HostileScene, station: Workstation): Promise<void> {
  const codes = /^(hub-odd|policy-refused|model-refused) /
  const tried = triedAt(station)
  expect(tried.length).toBeGreaterThan(0)
  station.skipped += 31_000 // a hub that refused everything is asked again after half a minute
  await station.speak()
  const found = async () => {
    const events = (await scene.events(station.device))
      .filter((event) => codes.test(event))
      .map((event) => event.replace(codes, ''))
    return {
      times: tried.map((record) => [record, events.filter(beginsWith(record)).length]),
      untried: events.filter((event) => !tried.some((record) => event.startsWith(record)))
    }
  }
  await expect.poll(found, poll).toEqual({ times: tried.map((record) => [record, 1]), untried: [] })
}
