import type { Desk } from './desk'

/** The line over every tab: who works here, by name and id, and when, in this computer's time. Null where there is none. */
export function watermarkOf({ state, facts }: Pick<Desk, 'state' | 'facts'>, at: Date): string | null {
  if (state.person === null || facts.policy?.desktop?.watermark === 'off') return null
  const time = at.toLocaleString(facts.language, { dateStyle: 'medium', timeStyle: 'short' })
  return `${state.person.name} · ${state.person.id.slice(0, 8)} · ${time}`
}
