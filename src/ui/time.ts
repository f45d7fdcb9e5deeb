import { translate, type Language } from './messages/translate'

const clocks: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  es: new Intl.DateTimeFormat('es', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}
const clocksWithSeconds: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23'
  }),
  es: new Intl.DateTimeFormat('es', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23'
  })
}

/** An instant as the clock on the wall shows it here: `14:02`. Milliseconds since the epoch, or ISO 8601. */
export const clockTime = (language: Language, at: number | string): string =>
  clocks[language].format(new Date(at))

/** The same with seconds, for time lines: `14:02:31`. */
export const clockTimeExact = (language: Language, at: number | string): string =>
  clocksWithSeconds[language].format(new Date(at))

const days: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  }),
  es: new Intl.DateTimeFormat('es', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  })
}

/** An instant that need not be of today: `Nov 26, 14:02`. */
export const dayAndTime = (language: Language, at: number | string): string =>
  days[language].format(new Date(at))

/** As `lengthOfTime` but in one unit, for narrow places: `1 h` instead of `1 h 5 min`. */
export function shortLengthOfTime(language: Language, ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  return hours >= 1 && hours < 24
    ? translate(language, 'since.hoursOnly', { hours })
    : lengthOfTime(language, ms)
}

/**
 * A length of time in few signs: `just now`, `12 s`, `3 min`, `1 h 5 min`, `2 days`.
 * Below ten seconds it is `just now`; a negative length (a clock that runs behind) counts as none.
 */
export function lengthOfTime(language: Language, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 10) return translate(language, 'since.now')
  if (seconds < 60) return translate(language, 'since.seconds', { count: seconds - (seconds % 10) })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return translate(language, 'since.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return translate(language, 'since.hours', { hours, minutes: minutes % 60 })
  return translate(language, 'since.days', { count: Math.floor(hours / 24) })
}
