import { Tabs } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import split from '../board/board-page.module.css'
import review from '../review/review-page.module.css'
import classes from './devices.module.css'
import { BuildsPart } from './builds-part'
import { DevicesPart } from './devices-part'
import { PoliciesPart } from './policies-part'
import { PosturePart } from './posture-part'
import { TicketsPart } from './tickets-part'

const parts = ['devices', 'posture', 'builds', 'policies', 'tickets'] as const
type PartName = (typeof parts)[number]

/** Each part has an address, so that it can be kept and sent: the list itself is the page's own. */
const pathOf = (part: PartName): string => (part === 'devices' ? '/devices' : `/devices/${part}`)
const partAt = (path: string): PartName => parts.find((part) => pathOf(part) === path) ?? 'devices'

/** IT's page about computers: which there are, what fails where, by which rules, and who may become one. */
export function DevicesPage(): ReactNode {
  const { say } = useWords()
  const { me } = useConsole()
  const [path, go] = useLocation()
  const [check, setCheck] = useState<string | null>(null)
  const part = partAt(path)
  return (
    <main className={split.main} data-testid="devices">
      <div>
        <h2 className={review.title} id="desks" tabIndex={-1}>
          {say('devices.title')}
        </h2>
        <p className={review.quiet}>{say('devices.intro', { organisation: me.organisation })}</p>
      </div>
      <Tabs
        value={part}
        keepMounted={false}
        onChange={(value) => go(pathOf(parts.find((one) => one === value) ?? 'devices'))}
      >
        <Tabs.List aria-label={say('devices.parts')}>
          {parts.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(`devices.part.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="devices" className={classes.panel}>
          <DevicesPart check={check} onAllChecks={() => setCheck(null)} />
        </Tabs.Panel>
        <Tabs.Panel value="posture" className={classes.panel}>
          <PosturePart
            onShow={(one) => {
              setCheck(one)
              go(pathOf('devices'))
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="builds" className={classes.panel}>
          <BuildsPart />
        </Tabs.Panel>
        <Tabs.Panel value="policies" className={classes.panel}>
          <PoliciesPart />
        </Tabs.Panel>
        <Tabs.Panel value="tickets" className={classes.panel}>
          <TicketsPart />
        </Tabs.Panel>
      </Tabs>
    </main>
  )
}
