import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import type { Policy } from '../../core/policy/policy'
import { compileTargets, type CompileTarget } from '../../core/application/compile/targets'
import { compilePolicy } from '../compile/targets'
import { say } from './with-store'

interface CompileFlags {
  readonly for: CompileTarget
  readonly out: string
  readonly team?: string
  readonly enforce?: true
}

/** `policy compile`: the rules for applications as the operating system's own enforcement takes them. */
export const compileCommand = (read: (file: string) => Promise<Policy>): Command =>
  new Command('compile')
    .description('Compile a policy’s rules for applications into those of the system’s own enforcement.')
    .argument('<file>')
    .addOption(new Option('--for <target>', 'whose rules').choices(compileTargets).makeOptionMandatory())
    .requiredOption('--out <file>', 'the compiled rules')
    .option('--team <name>', 'for the desks of this team')
    .option('--enforce', 'stop what is denied; without it the system only writes it down')
    .action(async (file: string, flags: CompileFlags) => {
      const { text, untold } = compilePolicy(await read(file), flags.for, {
        enforce: flags.enforce === true,
        team: flags.team
      })
      await writeFile(flags.out, text)
      say(
        `${flags.out} has the rules for ${flags.for}${flags.enforce === true ? '' : ', which only write down what is denied'}.`
      )
      if (untold.length > 0)
        say(
          `${String(untold.length)} are not, or not wholly, in it:\n${untold.map((line) => `  ${line}`).join('\n')}`
        )
    })
