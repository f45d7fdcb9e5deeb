export interface Progress {
  done(count: number): void
}

const inWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

/** Says on stderr how far it is and how long it will take: one line that rewrites itself, or a few for a log. */
export const progressOf = (
  what: string,
  total: number,
  now: () => number = () => performance.now()
): Progress => {
  const began = now()
  const { isTTY } = process.stderr
  const every = isTTY ? 1 : Math.max(1, Math.ceil(total / 10))
  return {
    done: (count) => {
      if (count % every !== 0 && count !== total) return
      const left = ((now() - began) / count) * (total - count)
      const text = `${count} of ${total} ${what}${count < total ? `, about ${inWords(left)} left` : ''}`
      process.stderr.write(isTTY ? `\r\x1b[K${text}${count === total ? '\n' : ''}` : `${text}\n`)
    }
  }
}
