import { useState, type ReactNode } from 'react'
import { useWords } from '../../ui/language'
import split from '../board/board-page.module.css'
import review from '../review/review-page.module.css'
import { ChannelsPart } from './channels-part'
import { DeadLettersPart } from './dead-letters-part'
import { KeysPart } from './keys-part'
import { ShownOnce, type Shown } from './shown-once'

/** IT's page about other systems: who may tell the hub something, who is told, and what did not arrive. */
export function ConnectionsPage(): ReactNode {
  const { say } = useWords()
  const [shown, setShown] = useState<Shown | null>(null)
  return (
    <main className={split.main} data-testid="connections">
      <div>
        <h2 className={review.title} id="desks" tabIndex={-1}>
          {say('connections.title')}
        </h2>
        <p className={review.quiet}>{say('connections.intro')}</p>
      </div>
      {shown === null ? null : <ShownOnce shown={shown} onDone={() => setShown(null)} />}
      <KeysPart onMade={setShown} />
      <ChannelsPart onMade={setShown} />
      <DeadLettersPart />
    </main>
  )
}
