import { z } from 'zod'
import { vpnSchema } from '../../core/policy/vpn'
import { tunnelVerdictSchema } from '../../core/tunnel/judge'

/** Main to probe: the VPN that has to be there, and whom traffic through it is for. Null: none is asked for. */
export const tunnelOrder = z.strictObject({
  kind: z.literal('tunnel'),
  /** Echoed with each verdict, so that one about an older order is known as such. */
  order: z.number().int().nonnegative(),
  serviceSocket: z.string(),
  vpn: vpnSchema.nullable(),
  /** `host:port` of the hub and of everything that the proxy may reach. */
  authorities: z.array(z.string().max(260)).max(200)
})
export type TunnelOrder = z.infer<typeof tunnelOrder>

/** Probe to main: what one round found. */
export const tunnelNews = z.strictObject({
  kind: z.literal('tunnel'),
  order: z.number().int().nonnegative(),
  verdict: tunnelVerdictSchema
})
export type TunnelNews = z.infer<typeof tunnelNews>
