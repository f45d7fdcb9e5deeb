import { pino, type Logger } from 'pino'

/** Never in a log: passwords, tokens, proofs, cookies, bodies. Nothing logs them; this is the net below. */
const hidden = [
  ...['password', 'token', 'authorization', 'cookie', 'dpop', 'body', 'email', 'key'],
  ...['nonce', 'secret', 'statement']
]

/** Logs as JSON lines on standard error, since standard output carries the ready line. */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [...hidden, ...hidden.map((name) => `*.${name}`), ...hidden.map((name) => `*.*.${name}`)],
        censor: '[hidden]'
      },
      serializers: { err: describeError }
    },
    pino.destination({ dest: 2, sync: true })
  )
}

/**
 * What may be said of an error: its kind, its code and where it was thrown. Messages of the database and of its
 * driver repeat the values they were about, so no message of theirs is passed on.
 */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const coded = error as Error & {
    readonly code?: unknown
    readonly constraint?: unknown
    readonly table?: unknown
  }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    kind: error.name,
    ...(typeof coded.code === 'string' ? { code: coded.code } : {}),
    ...(typeof coded.constraint === 'string' ? { constraint: coded.constraint } : {}),
    ...(typeof coded.table === 'string' ? { table: coded.table } : {}),
    at: frames.slice(0, 6).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) })
  }
}
