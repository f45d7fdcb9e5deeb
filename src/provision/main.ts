import { Command } from 'commander'
import { AdminRefusal } from '../hub/store/index'
import { accommodationCommand } from './commands/accommodation'
import { breakGlassCommand } from './commands/break-glass'
import { buildCommand, tpmCommand } from './commands/build'
import { enrolCommand } from './commands/enrol'
import { keysCommand } from './commands/keys'
import { modelCommand } from './commands/model'
import { peopleCommands } from './commands/organisation'
import { policyCommand } from './commands/policy'
import { rootCommand } from './commands/root'
import { signatureCommand } from './commands/signature'
import { snapshotCommand } from './commands/snapshot'
import { ProvisionError } from './problem'

const program = new Command('havendesk').description(
  'Set up a Havendesk hub: people, policies, workstations.'
)
for (const command of peopleCommands()) program.addCommand(command)
program
  .addCommand(keysCommand())
  .addCommand(rootCommand())
  .addCommand(signatureCommand())
  .addCommand(snapshotCommand())
  .addCommand(policyCommand())
  .addCommand(modelCommand())
  .addCommand(enrolCommand())
  .addCommand(buildCommand())
  .addCommand(tpmCommand())
  .addCommand(breakGlassCommand())
  .addCommand(accommodationCommand())

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof ProvisionError || error instanceof AdminRefusal
  // Anything else is a mistake of ours or of the machine: its kind helps, its message may repeat a value.
  const text = known || error instanceof Error ? error.message : 'It did not work.'
  process.stderr.write(`${text}\n`)
  process.exit(1)
})
