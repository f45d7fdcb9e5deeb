import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './brand.module.css'

/** The product's mark and name. */
export function Brand(): ReactNode {
  const { say } = useWords()
  return (
    <span className={classes.brand}>
      <img src="/mark.svg" width={24} height={24} alt="" />
      {say('common.product')}
    </span>
  )
}
