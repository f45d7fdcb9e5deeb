import type { WindowKind } from '../../contract/ipc/schema'

/** Our own pages have one origin; there is no `file:` page. */
export const SCHEME = 'app'
export const HOST = 'desk'
export const ORIGIN = `${SCHEME}://${HOST}`

/** The only page that a window of this kind ever shows. */
export const pageOf = (kind: WindowKind): string => `${ORIGIN}/${kind}/index.html`
