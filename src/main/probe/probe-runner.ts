import type { FromProbe, ToProbe } from '../../contract/helper/probe'
import type { Device } from '../../device/contract'

/** Every so many rounds the checks that cost more are run as well. */
const SELDOM = 20

type RunOrder = Extract<ToProbe, { kind: 'run' }>

/** Runs the checks of this machine now and then again on a timer; a new order replaces the one before. */
export class ProbeRunner {
  private timer: NodeJS.Timeout | null = null
  private order = 0

  constructor(
    private readonly device: Device,
    private readonly post: (message: FromProbe) => void
  ) {}

  run(message: RunOrder): void {
    this.order += 1
    if (this.timer !== null) clearTimeout(this.timer)
    void this.round(message, this.order, 0)
  }

  stop(): void {
    this.order += 1
    if (this.timer !== null) clearTimeout(this.timer)
  }

  private async power(order: number): Promise<void> {
    const ask = this.device.platform.isOnBattery
    if (ask === undefined) return
    // What cannot be read is not known: the desk then works as on a charger.
    const onBattery = await ask().catch(() => null)
    if (order === this.order) this.post({ kind: 'power', onBattery })
  }

  /** The next round begins `everyMs` after this one began, or at once when this one took longer. */
  private async round(message: RunOrder, order: number, number: number): Promise<void> {
    const began = performance.now()
    void this.power(order)
    const { serviceSocket, rules, applications } = message
    const look = async (pace: 'often' | 'seldom'): Promise<void> => {
      const from = performance.now()
      const checks = await this.device.runChecks({ serviceSocket, rules, applications, pace })
      // Whatever this process did meanwhile, standing still included, made the answers older.
      const took = Math.ceil(performance.now() - from)
      const aged = checks.map((check) => ({ ...check, ageMs: check.ageMs + took }))
      if (order === this.order) this.post({ kind: 'checks', order: message.order, checks: aged })
    }
    // What is quick is told first, also when an order has only just come.
    await look('often')
    if (number % SELDOM === 0 && order === this.order) await look('seldom')
    if (order !== this.order) return
    const wait = Math.max(0, message.everyMs - (performance.now() - began))
    this.timer = setTimeout(() => void this.round(message, order, number + 1), wait)
  }
}
