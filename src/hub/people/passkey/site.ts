/** The page that asks, as WebAuthn names it: its origin, and the host that its passkeys are for. */
export interface Site {
  readonly origin: string
  readonly rpId: string
}

/** `origin` is one of the console's own: the guard of the listener has seen to that. */
export const siteOf = (origin: string): Site => ({ origin, rpId: new URL(origin).hostname })
