import type { z } from 'zod'
import {
  deviceListSchema,
  postureSchema,
  type DeviceList,
  type DeviceQuery,
  type Posture,
  type RevokeDevice
} from '../../contract/wire/v1/device-admin'

/** What IT's page about computers asks of the hub. */
export interface DeviceAdminCalls {
  readonly devices: (query: DeviceQuery, signal: AbortSignal) => Promise<DeviceList>
  readonly posture: (signal: AbortSignal) => Promise<Posture>
  readonly revokeDevice: (workstation: string, why: RevokeDevice) => Promise<void>
  readonly releaseDevice: (workstation: string) => Promise<void>
}

/** How the hub client asks: paths below `/console/v1/`, failures as `HubFailure`. */
export interface Asking {
  readonly get: (path: string, signal?: AbortSignal) => Promise<Response>
  readonly post: (path: string, body: object) => Promise<Response>
  readonly act: (path: string, body?: object) => Promise<void>
  readonly understood: <T extends z.ZodType>(schema: T, response: Response) => Promise<z.infer<T>>
}

export const deviceAdminCalls = ({ get, act, understood }: Asking): DeviceAdminCalls => ({
  devices: async ({ page, check, ...rest }, signal) => {
    const query = new URLSearchParams({
      ...rest,
      page: String(page),
      ...(check === undefined ? {} : { check })
    })
    return understood(deviceListSchema, await get(`devices?${query.toString()}`, signal))
  },
  posture: async (signal) => understood(postureSchema, await get('devices/posture', signal)),
  revokeDevice: (workstation, why) => act(`devices/${encodeURIComponent(workstation)}/revoke`, why),
  releaseDevice: (workstation) => act(`devices/${encodeURIComponent(workstation)}/release`)
})
