/** The host of an address as a certificate and our settings name it: without the brackets that IPv6 has in a URL. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '')
