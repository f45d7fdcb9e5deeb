/** A failure with its remedy in the message; shown without a stack. */
export class SetupError extends Error {
  name = 'SetupError'
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`

/**
 * Says what is being done. On a terminal one line is rewritten; elsewhere (CI logs) a line every few seconds, so that a
 * long download is never mistaken for a hang.
 * @param {{ stream?: { write(text: string): unknown, isTTY?: boolean }, everyMs?: number, now?: () => number }} [options]
 */
export function createReport({ stream = process.stdout, everyMs = 4000, now = Date.now } = {}) {
  const say = (text) => void stream.write(`${text}\n`)

  return {
    say,
    /** A heading for work that is about to happen; nothing is printed for work already done. */
    step: (title) => say(`> ${title}`),
    warn: (text) => say(`! ${text}`),
    /**
     * @param {string} label
     * @param {{ total?: number, unit?: 'bytes' | 'count' }} [options]
     */
    progress(label, { total, unit = 'bytes' } = {}) {
      const started = now()
      let last = unit === 'bytes' ? started : 0
      const amount = (n) => (unit === 'bytes' ? megabytes(n) : String(n))
      const text = (done) => {
        const share = total
          ? ` of ${amount(total)} (${Math.min(100, Math.floor((done / total) * 100))} %)`
          : ''
        return `  ${label}: ${amount(done)}${share}, ${seconds(now() - started)}`
      }
      return {
        update(done) {
          if (stream.isTTY) {
            if (now() - last >= 100) stream.write(`\r\u001b[K${text(done)}`)
            else return
          } else if (now() - last >= everyMs) say(text(done))
          else return
          last = now()
        },
        end(outcome = 'done') {
          if (stream.isTTY) stream.write('\r\u001b[K')
          say(`  ${label}: ${outcome}, ${seconds(now() - started)}`)
        }
      }
    }
  }
}
