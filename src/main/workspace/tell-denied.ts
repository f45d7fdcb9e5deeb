import type { HardeningOptions } from '../hardening/application'
import type { RefusalCounter } from '../ipc/refusals'
import { hostOf, whyOfPermission, whyOfRefused, type Denials } from './denials'

export interface TellDeniedParts {
  /** Our own windows, by their contents. */
  readonly registry: { kindOf(contentsId: number): string | undefined }
  /** The tabs of the workspace; null before there are any. */
  readonly tabs: () => { has(contentsId: number): boolean } | null
  readonly navigation: RefusalCounter
  readonly hosts: RefusalCounter
  readonly denials: Denials
}

/** Whatever a page is denied is counted for the hub; what a tab is denied is told to the person too. */
export function tellDenied(
  parts: TellDeniedParts
): Pick<HardeningOptions, 'denied' | 'refused' | 'certificate'> {
  const { registry, tabs, navigation, hosts, denials } = parts
  const isTab = (id: number): boolean => tabs()?.has(id) ?? false
  const named = (id: number): string => registry.kindOf(id) ?? 'workspace'
  return {
    denied: (id, permission, media) => {
      navigation.count(named(id), `permission ${media.length === 0 ? permission : media.join(' and ')}`)
      if (isTab(id)) denials.add(whyOfPermission(media), '')
    },
    refused: (id, what, url) => {
      navigation.count(named(id), what)
      if (isTab(id)) denials.add(whyOfRefused(what), hostOf(url))
    },
    certificate: (id, url, error, isMainFrame) => {
      hosts.count(hostOf(url), error)
      // Of a page that does not open for it, what stands in the page's place tells.
      if (isTab(id) && !isMainFrame) denials.add('certificate', hostOf(url))
    }
  }
}
