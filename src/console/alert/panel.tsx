import { IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { ActionIcon } from '@mantine/core'
import { useWords } from '../../ui/language'
import classes from './panel.module.css'

interface Props {
  readonly title: string
  /** What the panel is about; the focus goes to its heading whenever this changes. */
  readonly subject: string
  readonly lead: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
}

/** What opens beside the board. */
export function Panel({ title, subject, lead, onClose, children, foot }: Props): ReactNode {
  const { say } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [subject])
  return (
    <section className={classes.panel} aria-labelledby="panel-title" data-testid="panel">
      <div className={classes.head}>
        <h2 id="panel-title" ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={say('common.close')}
          onClick={onClose}
        >
          <IconX size={20} aria-hidden />
        </ActionIcon>
      </div>
      {/* It scrolls, so the keyboard has to get to it. */}
      <div className={classes.body} tabIndex={0} role="group" aria-labelledby="panel-title">
        <div className={classes.lead}>{lead}</div>
        {children}
      </div>
      {foot ? <div className={classes.foot}>{foot}</div> : null}
    </section>
  )
}

/** One titled part of a panel. */
export function Part({
  title,
  children
}: {
  readonly title: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className={classes.part}>
      <h3 className={classes.partTitle}>{title}</h3>
      {children}
    </section>
  )
}

/** Names and values under each other, values free to be copied. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
