import { z } from 'zod'
import { flavourSchema } from '../contract/wire/v1/device'
import { providerListSchema } from './people/provider/config'

const port = z.number().int().min(0).max(65_535)

/** How a hub is run. Times are milliseconds. Port 0 means any that is free. */
export const hubConfigSchema = z.strictObject({
  dataFolder: z.string().min(1),
  databaseUrl: z.string().optional(),
  devicePort: port.default(8443),
  /** Address that the device listener binds; loopback unless told otherwise. */
  deviceHost: z.string().default('127.0.0.1'),
  /** Further names under which workstations reach this hub; localhost and 127.0.0.1 are always among them. */
  hostNames: z.array(z.string().regex(/^[a-z0-9.:-]{1,253}$/, 'a host name in lower case')).default([]),
  /** Port of the integration API, at the address of the device listener; null: there is none. */
  integrationPort: port.nullable().default(null),
  /** Mail server for channels of that kind: smtp:// or smtps://, with name and password where it asks for them. */
  smtpUrl: z
    .url({ protocol: /^smtps?$/, error: 'SMTP_URL has to begin with smtp:// or smtps://' })
    .optional(),
  /** Whom mail comes from. */
  mailFrom: z.email('it has to be an e-mail address').default('havendesk@localhost.localdomain'),
  consolePort: port.default(8480),
  /** Where browsers see the console when a reverse proxy stands before it. */
  consoleOrigin: z.url({ protocol: /^https?$/ }).optional(),
  /** OpenID Connect providers by which people of an organisation may sign in to the console. */
  providers: providerListSchema.default([]),
  /** Folder of the built console. */
  consoleFiles: z.string().optional(),
  /** Flavours of builds that may speak to this hub. Anything but `release` further needs a demo organisation. */
  acceptFlavours: z.array(flavourSchema).min(1).default(['release']),
  /** How often desks report. Three missed reports make a tile unknown. */
  heartbeatMs: z.number().int().min(500).max(600_000).default(10_000),
  /** How often an idle console stream says that it lives. */
  beatMs: z.number().int().min(250).max(60_000).default(5000),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')
})
export type HubConfig = z.infer<typeof hubConfigSchema>
export type HubOptions = z.input<typeof hubConfigSchema>
