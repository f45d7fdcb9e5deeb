import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { flavourSchema } from '../contract/wire/v1/device'
import type { HubOptions } from './config'
import { createLog } from './log'
import { readProviderFile } from './people/provider/read-file'
import { startHub } from './serve'

interface Flags {
  readonly data: string
  readonly devicePort?: number
  readonly deviceHost?: string
  readonly consolePort?: number
  readonly consoleOrigin?: string
  readonly integrationPort?: number
  readonly mailFrom?: string
  readonly consoleFiles?: string
  readonly signInProviders?: string
  readonly name?: string[]
  readonly accept?: HubOptions['acceptFlavours']
  readonly heartbeatMs?: number
  readonly beatMs?: number
  readonly logLevel: NonNullable<HubOptions['logLevel']>
  readonly untilStdinEnds?: true
}

const whole = (text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It has to be a whole number.')
}
const flavours = (text: string) => {
  const parsed = z.array(flavourSchema).safeParse(text.split(','))
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('It has to be release, test or demo, or several with commas.')
}

const program = new Command('havendesk-hub').description('The Havendesk hub.')
program
  .command('serve')
  .description(
    'Serve workstations over TLS and the console on loopback. DATABASE_URL names your own PostgreSQL.'
  )
  .requiredOption('--data <folder>', 'folder of the hub’s own data')
  .option('--device-port <number>', 'port for workstations (8443; 0 for any)', whole)
  .option('--device-host <address>', 'address to bind for workstations (127.0.0.1)')
  .option('--console-port <number>', 'port of the console on loopback (8480; 0 for any)', whole)
  .option('--integration-port <number>', 'serve the integration API on this port (off; 0 for any)', whole)
  .option('--mail-from <address>', 'whom mail comes from; SMTP_URL names the mail server')
  .option('--console-origin <url>', 'where browsers see the console behind a reverse proxy')
  .option('--console-files <folder>', 'folder of the built console')
  .option('--sign-in-providers <file>', 'JSON file of OpenID Connect providers for the console')
  .option('--name <host...>', 'further host names under which workstations reach the hub')
  .option(
    '--accept <flavours>',
    'flavours of builds that may connect; all but release need a demo organisation',
    flavours
  )
  .option('--heartbeat-ms <ms>', 'how often desks report (10000)', whole)
  .option('--beat-ms <ms>', 'how often an idle console stream shows that it lives (5000)', whole)
  .option(
    '--until-stdin-ends',
    'end when standard input ends, so that the hub does not outlive who started it'
  )
  .addOption(
    new Option('--log-level <level>').choices(['debug', 'info', 'warn', 'error', 'silent']).default('info')
  )
  .action(serve)

async function serve(flags: Flags): Promise<void> {
  const log = createLog(flags.logLevel)
  const { data, name, accept, untilStdinEnds, logLevel, signInProviders, ...rest } = flags
  const hub = await startHub(
    {
      consoleFiles: builtConsole(),
      ...rest,
      logLevel,
      dataFolder: data,
      databaseUrl: process.env['DATABASE_URL'],
      smtpUrl: process.env['SMTP_URL'],
      ...(name === undefined ? {} : { hostNames: name }),
      ...(accept === undefined ? {} : { acceptFlavours: accept }),
      ...(signInProviders === undefined ? {} : { providers: await readProviderFile(signInProviders) })
    },
    { log }
  )
  let ending = false
  const end = (why: string, code: number): void => {
    if (ending) return
    ending = true
    log.info({ why }, 'hub ends')
    hub.close().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'the hub did not end cleanly')
        process.exit(code === 0 ? 1 : code) // why it ended says more than that the end was untidy
      }
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal, 0))
  if (untilStdinEnds === true) process.stdin.on('end', () => end('stdin', 0)).resume()
  void hub.failed.then(() => {
    log.error('the database is gone')
    end('database', 70)
  })
  const listening = {
    device: hub.devicePort,
    console: hub.consolePort,
    ...(hub.integrationPort === null ? {} : { integration: hub.integrationPort })
  }
  process.stdout.write(`${JSON.stringify({ listening })}\n`)
}

/** The console lies beside the hub in `out/`, and there too when the hub runs from its source. */
function builtConsole(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url))
  return [join(here, '../console'), join(here, '../../out/console')].find((folder) =>
    existsSync(join(folder, 'assets'))
  )
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
