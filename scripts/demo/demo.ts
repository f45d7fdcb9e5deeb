import { mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { Children } from '../stack/children'
import { Floor } from '../stack/floor'
import { advocate, supervisor } from '../stack/seed'
import { attend } from './attended'
import { startSimulatedDesks, type DeskSeat } from './desks/index'
import { unattended } from './unattended'

/**
 * The demonstration: hub, console, member records, eleven simulated desks and one real workstation. With a display a
 * person plays with it; without one it plays itself, prints its time line and ends.
 */
const folder = resolve('.runtime/demo')
const children = new Children()
let floor: Floor | null = null
let ending = false

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await floor?.close()
  await children.endAll()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

try {
  const display = process.env['HAVENDESK_DISPLAY'] === 'real' ? 'real' : 'virtual'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  say('Starting the hub and its database')
  floor = await Floor.open(children, { folder, advocates: 12 })
  say(`Console: ${floor.hub.consoleUrl}   sign in as ${supervisor.email}, password: ${supervisor.password}`)
  say('Enrolling eleven simulated desks and one workstation')
  const seats: DeskSeat[] = []
  for (let number = 2; number <= 12; number += 1) {
    const { name, email, password } = advocate(number)
    seats.push({ ticket: await floor.seeded.ticket(name, true), email, password })
  }
  const desks = await startSimulatedDesks(seats, {
    seed: 1,
    onTrouble: (problem) => console.error(`a simulated desk: ${problem}`)
  })
  const data = await floor.desk('Demo Desk 1')
  say(`Workstation: sign in as ${advocate(1).email}, password: ${advocate(1).password}`)
  const stage = { floor, children, data }
  const code =
    display === 'real' ? await attend(stage) : await unattended(stage, resolve('out/demo/screenshots'))
  await desks.close()
  await end(code)
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  await end(1)
}

function say(text: string): void {
  console.log(text)
}
