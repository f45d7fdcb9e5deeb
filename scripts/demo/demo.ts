import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Children } from '../stack/children'
import { Floor } from '../stack/floor'
import { advocate, supervisor } from '../stack/seed'
import { attend, openInBrowser, showWorkstation } from './attended'
import { startSimulatedDesks, type DeskSeat, type SimulatedDesks } from './desks/index'
import { unattended } from './unattended'

/**
 * The demonstration: hub, console, member records, eleven simulated desks and one real workstation. With a display a
 * person plays with it; without one it plays itself, prints its time line and ends.
 *
 * `--only hub` runs all but the workstation until Ctrl-C; `--only workstation` runs the workstation beside it.
 */
const folder = resolve('.runtime/demo')
const desk = join(folder, 'desk')
const children = new Children()
let floor: Floor | null = null
let simulated: SimulatedDesks | null = null
let ending = false

async function end(code: number): Promise<void> {
  if (ending) return
  ending = true
  await simulated?.close()
  await floor?.close()
  await children.endAll()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))

async function openFloor(): Promise<Floor> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  console.log('Starting the hub and its database')
  floor = await Floor.open(children, { folder, advocates: 12, flavour: 'demo' })
  console.log(
    `Console: ${floor.hub.consoleUrl}   sign in as ${supervisor.email}, password: ${supervisor.password}`
  )
  console.log('Enrolling eleven simulated desks and one workstation')
  simulated = await startSimulatedDesks(await seats(floor), {
    seed: 1,
    onTrouble: (problem) => console.error(`a simulated desk: ${problem}`)
  })
  await floor.desk('Demo Desk 1')
  console.log(`Workstation: sign in as ${advocate(1).email}, password: ${advocate(1).password}`)
  return floor
}

async function seats({ seeded }: Floor): Promise<DeskSeat[]> {
  const taken: DeskSeat[] = []
  for (let number = 2; number <= 12; number += 1) {
    const { name, email, password } = advocate(number)
    taken.push({ ticket: await seeded.ticket(name, true), email, password })
  }
  return taken
}

async function whole(): Promise<number> {
  const stage = { floor: await openFloor(), children, data: desk }
  const seated = process.env['HAVENDESK_DISPLAY'] === 'real'
  return seated ? attend(stage) : unattended(stage, resolve('out/demo/screenshots'))
}

async function hubAlone(): Promise<number> {
  openInBrowser((await openFloor()).hub.consoleUrl)
  console.log('Now run "npm run workstation" in another terminal. Ctrl-C ends the hub.')
  return new Promise(() => undefined) // until a signal ends it
}

async function workstationAlone(): Promise<number> {
  if (existsSync(desk)) return showWorkstation(children, desk)
  console.error('There is no hub to work with. Run "npm run hub" in another terminal first.')
  return 1
}

const only = process.argv[process.argv.indexOf('--only') + 1]
try {
  const parts = only === 'hub' ? hubAlone : only === 'workstation' ? workstationAlone : whole
  await end(await parts())
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  await end(1)
}
