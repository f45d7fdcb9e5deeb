/** Waits until `ready` gives something; fails with `what` when the limit (milliseconds) is over. */
export async function until<T>(
  what: string,
  limitMs: number,
  ready: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  everyMs = 20
): Promise<T> {
  const end = performance.now() + limitMs
  for (;;) {
    const value = await ready()
    if (value !== null && value !== undefined && value !== false) return value
    if (performance.now() > end) throw new Error(`not within ${String(limitMs)} ms: ${what}`)
    await sleep(everyMs)
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
