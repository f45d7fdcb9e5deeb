import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './brand.module.css'

/** A desk under a roof, and the product's name beside it. */
export function Brand({ name = true }: { readonly name?: boolean }): ReactNode {
  const { say } = useWords()
  return (
    <span className={classes.brand}>
      <svg className={classes.sign} viewBox="0 0 32 32" aria-hidden>
        <path d="M4 14.5 16 5l12 9.5" />
        <path d="M9 20h14M11.5 20v6.5M20.5 20v6.5" />
      </svg>
      {name && <span className={classes.name}>{say('common.product')}</span>}
    </span>
  )
}
