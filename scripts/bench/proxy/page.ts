import type { Browser } from 'playwright'

/** A page of a site, in a real browser: what somebody at work waits with. */
export interface PageWay {
  /** Reads so many bodies of so many bytes at the same time; resolves with how long it took, milliseconds. */
  read(bodies: number, bytes: number): Promise<number>
  close(): Promise<void>
}

/** Opens a page of `site` (an origin), straight or by the proxy at this port. */
export async function openPage(browser: Browser, site: string, proxy: number | null): Promise<PageWay> {
  const context = await browser.newContext({
    // The site's authority is made for this run; what is measured is TLS, not who signed.
    ignoreHTTPSErrors: true,
    ...(proxy === null ? {} : { proxy: { server: `http://127.0.0.1:${String(proxy)}` } })
  })
  const page = await context.newPage()
  await page.goto(site)
  return {
    read: (bodies, bytes) =>
      page.evaluate(
        async ([count, length]) => {
          const from = performance.now()
          // Without a name: what names a function is not there in the page.
          await Promise.all(
            Array.from({ length: count }, async () => {
              const { body } = await fetch(`/bytes/${String(length)}`, { cache: 'no-store' })
              const reader = body?.getReader()
              let left = length
              for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
                left -= part.value.length
              if (left !== 0) throw new Error('a body came short')
            })
          )
          return performance.now() - from
        },
        [bodies, bytes] as const
      ),
    close: () => context.close()
  }
}
