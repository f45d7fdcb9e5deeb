import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { enrolmentTicketSchema } from '../../src/contract/wire/v1/device'
import { startSimulatedDesks } from './desks/index'

// Runs simulated desks until it is ended: `tsx scripts/demo/simulated-desks.ts --seats FILE [--seed N]`.
// FILE is a list of {ticket, email, password}; demo.ts writes it, or hands the seats over in code.
const seatsSchema = z
  .array(z.strictObject({ ticket: enrolmentTicketSchema, email: z.string(), password: z.string() }))
  .min(1)

const { values } = parseArgs({
  options: { seats: { type: 'string' }, seed: { type: 'string', default: '1' } }
})
if (values.seats === undefined) throw new Error('Name the seats: --seats FILE')
const seats = seatsSchema.parse(JSON.parse(readFileSync(values.seats, 'utf8')))
const desks = await startSimulatedDesks(seats, {
  seed: Number(values.seed),
  onTrouble: (problem) => process.stderr.write(`a simulated desk: ${problem}\n`)
})
process.stdout.write(`${JSON.stringify({ simulated: seats.length })}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void desks.close().then(() => process.exit(0))
  })
}
