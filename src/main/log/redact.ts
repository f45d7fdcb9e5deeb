/** Names of fields that never reach a log, whatever they hold. See docs/never-log.md. */
const secret =
  /^(password|token|ticket|secret|authorization|cookie|key|jwk|privateKey|email|person|name|title|label|image|frame|pixels|body|payload|signature|auth|nonce|statement)$/i

const MAX_TEXT = 500
const MAX_DEPTH = 6

/** Replaces what must not be written: named secrets, long base64, addresses beyond their host, the home folder. */
export function redact(value: unknown, home: string, depth = 0): unknown {
  if (depth > MAX_DEPTH) return '[deep]'
  if (typeof value === 'string') return redactText(value, home)
  if (value instanceof Error) {
    return {
      name: value.name,
      message: redactText(value.message, home),
      stack: redactText(value.stack ?? '', home)
    }
  }
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]'
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, home, depth + 1))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        secret.test(key) ? '[removed]' : redact(inner, home, depth + 1)
      ])
    )
  }
  return typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function'
    ? '[value]'
    : value
}

function redactText(text: string, home: string): string {
  return text
    .slice(0, MAX_TEXT * 4)
    .replaceAll(home, '~')
    .replaceAll(/[^\s"'<>]+@[^\s"'<>]+\.[^\s"'<>]+/g, '[address]')
    .replaceAll(/(\b[a-z][a-z+.-]*:\/\/[^\s/?#"']+)[^\s"')]*/gi, '$1/…')
    .replaceAll(/[A-Za-z0-9+/_-]{80,}={0,2}/g, '[base64]')
    .slice(0, MAX_TEXT)
}
