import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { mayDo, type ConsoleRole, type Right } from '../../core/access/right'
import { useWords } from '../../ui/language'
import { AccountPage } from '../account/account-page'
import { BoardPage } from '../board/board-page'
import { ConnectionsPage } from '../connections/connections-page'
import { DevicesPage } from '../devices/devices-page'
import { ReportsPage } from '../reports/reports-page'
import { ReviewPage } from '../review/review-page'
import { useConsole } from './console-context'
import classes from './pages.module.css'

type Name = 'board' | 'review' | 'reports' | 'devices' | 'connections' | 'account'

const pages: readonly {
  readonly name: Exclude<Name, 'account'>
  readonly path: string
  readonly right: Right
}[] = [
  { name: 'board', path: '/', right: 'board.read' },
  { name: 'review', path: '/review', right: 'alert.read' },
  { name: 'reports', path: '/reports', right: 'report.read' },
  { name: 'devices', path: '/devices', right: 'device.manage' },
  { name: 'connections', path: '/connections', right: 'integration.manage' }
]

const pagesOf = (role: ConsoleRole) => pages.filter(({ right }) => mayDo(role, right))

/** The page of an address: what is beside the board is on the board. Who has no board begins with their first page. */
function pageAt(path: string, role: ConsoleRole): Name {
  if (path === '/account') return 'account'
  const own = pagesOf(role)
  const named = own.find(
    (page) => page.path !== '/' && (path === page.path || path.startsWith(`${page.path}/`))
  )
  return (named ?? own[0])?.name ?? 'review'
}

/** The pages that this person's role has, when there is more than one. */
export function PageLinks({ role }: { readonly role: ConsoleRole }): ReactNode {
  const { say } = useWords()
  const [path] = useLocation()
  const now = pageAt(path, role)
  const own = pagesOf(role)
  if (own.length < 2) return null
  return (
    <nav aria-label={say('nav.label')} className={classes.nav}>
      {own.map(({ name, path: to }) => (
        <Link key={name} href={to} className={classes.link} aria-current={now === name ? 'page' : undefined}>
          {say(`nav.${name}`)}
        </Link>
      ))}
    </nav>
  )
}

/** What the address asks for, of what the role has. */
export function Pages(): ReactNode {
  const { me } = useConsole()
  const [path] = useLocation()
  switch (me.mustSetUp === true ? 'account' : pageAt(path, me.role)) {
    case 'board':
      return <BoardPage />
    case 'review':
      return <ReviewPage />
    case 'reports':
      return <ReportsPage />
    case 'devices':
      return <DevicesPage />
    case 'connections':
      return <ConnectionsPage />
    case 'account':
      return <AccountPage />
  }
}
