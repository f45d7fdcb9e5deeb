import { app } from 'electron'
import { FLAVOUR } from '../../core/flavour'

/** Ends the program at the wish of whoever tries it. A release has no such way out. */
export const endDemo = (): void => {
  if (FLAVOUR !== 'release') app.quit()
}
