import { z } from 'zod'

/** Where a connection may leave by: from the tunnel's addresses, to anywhere else than the tunnel's own far ends. */
export const wayOutSchema = z.strictObject({
  /** Local addresses that a connection may have. */
  sources: z.array(z.string().max(64)).max(64),
  /** Remote addresses that are reached outside the tunnel by the policy's word. */
  apart: z.array(z.string().max(64)).max(16)
})
export type WayOut = z.infer<typeof wayOutSchema>

/** What the softphone's tab may reach, by a port of its own: its site, and media relays that no other tab has. */
export const softphoneReachSchema = z.strictObject({
  authorities: z.array(z.string().max(260)).max(30),
  relays: z
    .array(z.strictObject({ authority: z.string().max(260), transport: z.enum(['udp', 'tcp']) }))
    .max(20)
})
export type SoftphoneReach = z.infer<typeof softphoneReachSchema>

/**
 * Main to proxy: the whole list of `host:port` that may be reached (`*.host:port`: every name below it), and through which tunnel, if any. Empty until the
 * first one: everything is refused.
 */
export const toProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('allow'),
    authorities: z.array(z.string().max(260)).max(1000),
    /** Left out: nothing is reached by the softphone's port. */
    softphone: softphoneReachSchema.optional(),
    wayOut: wayOutSchema.optional()
  })
])
export type ToProxy = z.infer<typeof toProxySchema>

const portSchema = z.number().int().min(1).max(65_535)
/** Loopback ports: of every tab, and of the softphone's alone. */
export const portsSchema = z.strictObject({ tabs: portSchema, softphone: portSchema })
export type ProxyPorts = z.infer<typeof portsSchema>

/** Proxy to main. Refusals are counted by host, without path or query. */
export const fromProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listening'), ports: portsSchema }),
  z.strictObject({
    kind: z.literal('refused'),
    authority: z.string().max(260),
    count: z.number().int().positive()
  })
])
export type FromProxy = z.infer<typeof fromProxySchema>
