/** Roughly how much a message may weigh: characters, bytes of buffers, and 8 per value. */
export const MAX_WEIGHT = 32 * 1024

/**
 * True when a message is small enough to be looked at. Stops counting at the limit, so that a huge or circular one
 * costs no more than a small one.
 */
export function isLight(message: unknown, limit = MAX_WEIGHT): boolean {
  let left = limit
  const open: unknown[] = [message]
  while (open.length > 0) {
    const value = open.pop()
    left -= 8
    if (typeof value === 'string') left -= value.length
    else if (typeof value === 'bigint') return false
    else if (ArrayBuffer.isView(value)) left -= value.byteLength
    else if (value instanceof ArrayBuffer) left -= value.byteLength
    else if (Array.isArray(value)) {
      if (value.length * 8 > left) return false
      for (const item of value as unknown[]) open.push(item)
    } else if (typeof value === 'object' && value !== null) {
      for (const key in value) {
        left -= key.length + 8
        if (left < 0) return false
        open.push((value as Record<string, unknown>)[key])
      }
    }
    if (left < 0) return false
  }
  return true
}
