import { z } from 'zod'

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** One OpenID Connect provider of one organisation, as IT sets it up. */
const providerConfigSchema = z.strictObject({
  /** Stands in the callback's address: `<console>/console/v1/sign-in/provider/<id>/callback`. */
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'small letters, digits and hyphens, 32 at most'),
  /** What the button says after “Continue with”. */
  label: z.string().trim().min(1).max(40),
  /** The organisation whose people it knows, by name. It lets in nobody of another. */
  organisation: z.string().trim().min(1).max(80),
  /** The provider's issuer, exactly as its own metadata and its tokens say it. */
  issuer: z.url({ protocol: /^https?$/ }).refine((text) => {
    if (!URL.canParse(text)) return true // said already, by the form of the address
    const url = new URL(text)
    return url.protocol === 'https:' || isLoopback(url)
  }, 'has to begin with https; http is for this machine alone'),
  clientId: z.string().min(1).max(200),
  /** Leave it out for a public client; PKCE is used in either case. */
  clientSecret: z.string().min(1).max(500).optional()
})
export type ProviderConfig = z.infer<typeof providerConfigSchema>

export const providerListSchema = z
  .array(providerConfigSchema)
  .max(16)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'every id stands there once')
