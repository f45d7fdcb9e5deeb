import { pingSchema, type Pong } from '../../contract/helper/liveness'

/** The end of a helper process's line to main. */
interface Port {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  postMessage(message: unknown): void
}

/**
 * Has a helper process hear main. Whether it is there is answered here, for every helper alike; everything else goes to
 * `handle`, which may throw: then the process ends, and main starts the next.
 */
export function listenToMain(port: Port, handle: (data: unknown) => void): void {
  port.on('message', ({ data }) => {
    const ping = pingSchema.safeParse(data)
    if (ping.success) port.postMessage({ kind: 'pong', number: ping.data.number } satisfies Pong)
    else handle(data)
  })
}
