import type { ReactNode } from 'react'
import { mayDo } from '../../core/access/right'
import { useWords } from '../../ui/language'
import { AccountMenu, type AccountMenuProps } from './account-menu'
import { Brand } from './brand'
import { LineLight } from './line-light'
import { PageLinks } from './pages'
import classes from './top-bar.module.css'

/** Whose board this is, whether it is live, and the account. */
export function TopBar(props: AccountMenuProps): ReactNode {
  const { say } = useWords()
  // Only their own account is open to them, until they have a second factor.
  const isShut = props.me.mustSetUp === true
  return (
    <header className={classes.bar}>
      <a className={classes.skip} href="#desks">
        {say('console.skip')}
      </a>
      <Brand />
      <h1 className={classes.team}>{props.me.team}</h1>
      {isShut ? null : <PageLinks role={props.me.role} />}
      <div className={classes.end}>
        {mayDo(props.me.role, 'board.read') && !isShut ? <LineLight /> : null}
        <AccountMenu {...props} />
      </div>
    </header>
  )
}
