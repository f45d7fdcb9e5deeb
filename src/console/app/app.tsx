import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { languages, type Language } from '../../ui/messages/translate'
import { HavendeskProvider } from '../../ui/provider'
import type { HubClient } from '../hub/hub-client'
import { CrashBoundary } from './crash-boundary'
import { Session } from './session'
import { useStored } from './stored'

const browserLanguage = (): Language => (navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en')

/** The whole console. */
export function App({ hub }: { readonly hub: HubClient }): ReactNode {
  const [language, setLanguage] = useStored<Language>('language', languages, browserLanguage())
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }))
  return (
    <HavendeskProvider language={language}>
      <CrashBoundary>
        <QueryClientProvider client={queries}>
          <Session hub={hub} language={language} setLanguage={setLanguage} />
        </QueryClientProvider>
      </CrashBoundary>
    </HavendeskProvider>
  )
}
