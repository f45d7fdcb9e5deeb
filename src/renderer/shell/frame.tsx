import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { Brand } from './brand'
import type { ShellApi } from './bridge'
import { FlavourBadge } from './flavour-badge'
import classes from './frame.module.css'
import { LanguageChoice } from './language-choice'
import { useStripHeight } from './use-strip-height'

interface Props {
  readonly api: ShellApi
  readonly state: ShellState
  readonly children: ReactNode
}

/** The page around everything that comes before the workspace. */
export function Frame({ api, state, children }: Props): ReactNode {
  const top = useStripHeight(api)
  return (
    <div className={classes.page}>
      <header ref={top} className={classes.top}>
        <Brand />
        <span className={classes.space} />
        <FlavourBadge flavour={state.flavour} onEndDemo={() => api.endDemo()} />
        <LanguageChoice onChoose={(language) => api.setLanguage(language)} />
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  )
}
