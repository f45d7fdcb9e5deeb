/** Why an address is not one to send events to. */
export type HookUrlProblem = 'not-a-url' | 'not-https' | 'has-credentials' | 'has-fragment' | 'forbidden-host'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/**
 * Whether events may be sent to an address: https to anywhere, or plain http to this machine where that is allowed (a
 * demonstration, a test). What a name resolves to is looked at again when something is sent.
 */
export function hookUrlProblem(text: string, allowLoopback: boolean): HookUrlProblem | null {
  if (!URL.canParse(text)) return 'not-a-url'
  const url = new URL(text)
  const isLoopback = loopback.test(url.hostname)
  if (url.username !== '' || url.password !== '') return 'has-credentials'
  if (text.includes('#')) return 'has-fragment'
  if (isLoopback) return allowLoopback ? null : 'forbidden-host'
  if (url.protocol !== 'https:') return 'not-https'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIpAddress(host) && !mayReach(host, allowLoopback) ? 'forbidden-host' : null
}

const isIpAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(':')

/**
 * Whether an address that a name resolved to may be spoken to. Private networks may: telephony often stands there. The
 * machine itself, link-local addresses (where clouds hand out credentials) and what is no single host may not.
 */
export function mayReach(address: string, allowLoopback: boolean): boolean {
  const mapped = /^(?:0*:)*:?ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mayReach(mapped, allowLoopback)
  if (address.includes(':')) return mayReachV6(address.toLowerCase(), allowLoopback)
  const [a = 0, b = 0] = address.split('.').map(Number)
  if (a === 127) return allowLoopback
  return !(a === 0 || a >= 224 || (a === 169 && b === 254))
}

function mayReachV6(address: string, allowLoopback: boolean): boolean {
  if (address === '::1') return allowLoopback
  // Unspecified, mapped in other spellings, NAT64, link-local, site-local, multicast.
  return !/^(::|0*:0*:|64:ff9b:|fe[89a-f]|ff)/.test(address)
}
