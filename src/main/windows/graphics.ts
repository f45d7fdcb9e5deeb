import { app } from 'electron'

/** Ends the process that draws every window, stopped or not. The runtime starts another one at once. */
export const endGraphics = (): void => {
  const graphics = app.getAppMetrics().find(({ type }) => type === 'GPU')
  if (graphics === undefined) return
  try {
    process.kill(graphics.pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself meanwhile: that is all that was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
