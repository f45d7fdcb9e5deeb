import { _electron, errors, type ElectronApplication } from 'playwright'

type LaunchOptions = NonNullable<Parameters<typeof _electron.launch>[0]>

/** A start takes 1 to 4 s on two busy cores. */
const LAUNCH_LIMIT_MS = 40_000

/**
 * Starts Electron with both its inspectors. A start was seen of which one never answered whoever connected, and the driver would
 * wait three minutes: it is ended and started once more, and says so.
 */
export async function launchElectron(options: LaunchOptions): Promise<ElectronApplication> {
  const limited = { ...options, timeout: LAUNCH_LIMIT_MS }
  try {
    return await _electron.launch(limited)
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.warn(`Electron's inspectors did not answer: ${error.message}\nStarting it once more.`)
    // The first one gives its data folder free when it is gone.
    await new Promise((next) => setTimeout(next, 2000))
    return await _electron.launch(limited)
  }
}
