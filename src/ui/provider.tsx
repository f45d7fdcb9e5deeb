import { MantineProvider, type MantineColorScheme, type MantineColorSchemeManager } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { LanguageProvider } from './language'
import type { Language } from './messages/translate'
import { theme } from './theme'

interface Props {
  readonly language: Language
  /** Where the choice of light and dark is kept; the browser's local storage when absent. */
  readonly colorSchemeManager?: MantineColorSchemeManager
  /** `auto` follows the machine. */
  readonly colorScheme?: MantineColorScheme
  readonly children: ReactNode
}

/**
 * Theme and language for one window. Mantine makes no `<style>` element under it, so the page may forbid them:
 * its variables and the theme's come from `styles.ts`.
 */
export function HavendeskProvider(props: Props): ReactNode {
  const { language, colorSchemeManager, colorScheme = 'auto', children } = props
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme={colorScheme}
      withCssVariables={false}
      withGlobalClasses={false}
      {...(colorSchemeManager ? { colorSchemeManager } : {})}
    >
      <LanguageProvider language={language}>{children}</LanguageProvider>
    </MantineProvider>
  )
}
