import ipaddr from 'ipaddr.js'

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
  return ipaddr.isValid(host) && !mayReach(host, allowLoopback) ? 'forbidden-host' : null
}

/** Networks that telephony may stand in. All others are no single host, or hand out what is not meant for others. */
const reachable: ReadonlySet<string> = new Set(['unicast', 'private', 'uniqueLocal', 'carrierGradeNat'])

/**
 * Whether an address that a name resolved to may be spoken to. Private networks may: telephony often stands there. The
 * machine itself, link-local addresses (where clouds hand out credentials), ways from IPv6 back to IPv4 and what is no
 * single host may not.
 */
export function mayReach(address: string, allowLoopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false
  // A mapped IPv4 address counts as what it maps.
  const range = ipaddr.process(address).range()
  return range === 'loopback' ? allowLoopback : reachable.has(range)
}
