import { z } from 'zod'

/** Asks for the WireGuard tunnels of this machine: only root sees their handshakes. */
export const tunnelsQuestion = z.strictObject({ id: z.uuid(), ask: z.literal('tunnels') })

/** Far ends of WireGuard tunnels. Keys are public ones; no private or preshared key is ever read. */
export const tunnelsReply = z.strictObject({
  kind: z.literal('tunnels'),
  id: z.uuid(),
  /** Null when this machine cannot tell: `problem` says why. */
  peers: z
    .array(
      z.strictObject({
        interface: z.string().max(64),
        publicKey: z.string().max(64),
        /** Milliseconds since the last handshake by the service's wall clock; null when there never was one. */
        handshakeAgeMs: z.number().nullable()
      })
    )
    .max(64)
    .nullable(),
  problem: z.string().max(200)
})
export type TunnelsReply = z.infer<typeof tunnelsReply>
