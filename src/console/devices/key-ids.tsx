import type { ReactNode } from 'react'
import classes from './devices.module.css'

/** Names of keys in full, to be compared with those that IT keeps itself. */
export function KeyIds({ keyIds }: { readonly keyIds: readonly string[] }): ReactNode {
  return (
    <ul className={classes.problems}>
      {keyIds.map((keyId) => (
        <li key={keyId}>
          <code className={classes.keyId}>{keyId}</code>
        </li>
      ))}
    </ul>
  )
}
