import type { SiteFailure } from '../../contract/ipc/schema'

const certificateFaults: Readonly<Record<string, SiteFailure['why']>> = {
  ERR_CERT_DATE_INVALID: 'certificate-date',
  ERR_CERT_COMMON_NAME_INVALID: 'certificate-name',
  ERR_CERT_AUTHORITY_INVALID: 'certificate-issuer',
  ERR_CERT_REVOKED: 'certificate-revoked'
}

/**
 * Why a page did not open, from Chromium's name of the error (`net::ERR_…` or `ERR_…`); null where nothing failed: the
 * page went elsewhere before it was there. A certificate that is wrong in a way that has no name here is still wrong.
 */
export function whyNotOpened(error: string): SiteFailure['why'] | null {
  const name = error.replace(/^net::/, '')
  if (name === 'ERR_ABORTED' || name === 'OK') return null
  if (name.startsWith('ERR_CERT_') || name.startsWith('ERR_SSL_'))
    return certificateFaults[name] ?? 'certificate'
  return name.startsWith('ERR_BLOCKED_BY_') ? 'not-on-the-list' : 'unreachable'
}
