import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { fuseProblems, readFuseWires } from '../../scripts/package/fuse-wire'
import { decidedFuses } from '../../scripts/package/fuses'
import { drawClip } from '../../scripts/scene/draw'
import { familyOf, memberOf } from '../../scripts/stack/family'
import { until } from '../../scripts/stack/wait'
import { Workstation } from '../../scripts/stack/workstation'
import { filesInArchive } from '../../src/device/program/archive'
import { expect, test } from '../fixtures/desktop'
import { SceneFloor } from '../fixtures/floor'
import { PATIENCE_MS } from '../fixtures/patience'
import { PackagedProgram, type ProgramCopy } from './packaged'

// The real packaged program against a real hub: packaged once, and one workstation for all scenes.

const runtimeSchema = z.object({ version: z.string() })
const scene = new SceneFloor()
let packaged: PackagedProgram
let data: string
let clip: string
let running: Workstation | null = null

test.beforeAll(async () => {
  test.setTimeout(480_000) // it packages the program
  packaged = PackagedProgram.make()
  await scene.open()
  data = await scene.floor.desk('Demo Desk 1')
  clip = await drawClip({ out: resolve('.runtime/scene'), scene: 'clear' })
})
// eslint-disable-next-line no-empty-pattern -- Playwright reads the names of needed fixtures from this pattern
test.afterEach(async ({}, info) => {
  if (info.status !== info.expectedStatus) scene.tell()
  await running?.close()
  running = null
})
test.afterAll(async () => {
  await scene.close()
  packaged.remove()
})

async function start(program: ProgramCopy): Promise<Workstation> {
  running = await Workstation.launch({
    flavour: 'test',
    data,
    clip,
    display: scene.display.name,
    launcher: program.launcher
  })
  return running
}

/** What the hub heard of altered programs so far. */
async function heard(): Promise<readonly string[]> {
  const { rows } = await scene.floor.seeded.store.db.execute(
    sql`SELECT detail FROM security_event WHERE code = 'program-altered' ORDER BY id`
  )
  return rows.map((row) => String(row['detail']))
}

async function hubHears(detail: RegExp): Promise<void> {
  await until(
    `the hub hears ${String(detail)}`,
    PATIENCE_MS,
    async () => (await heard()).some((one) => detail.test(one)),
    100
  )
}

async function refusesToWork(workstation: Workstation): Promise<void> {
  const shell = await workstation.shell()
  await expect(shell.getByText('A part of Havendesk on this computer was changed.').first()).toBeVisible()
  await expect(shell.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
}

/** What each process of a family may write into a core file, soft and hard limit; one that just ended has none. */
function coreLimitsOf(pid: number): readonly (readonly [command: string, limit: string])[] {
  return familyOf(pid).flatMap(({ pid: one, command }) => {
    try {
      const line = /^Max core file size\s+(\S+)\s+(\S+)/m.exec(
        readFileSync(`/proc/${String(one)}/limits`, 'utf8')
      )
      return [[command, line?.slice(1).join(' ') ?? 'unknown'] as const]
    } catch {
      return []
    }
  })
}

/** All that may stand in the archive: what the bundler made, the models of the manifest, and the native packages. */
const archived = [
  /^package\.json$/,
  /^main\/[\w./-]+\.cjs$/,
  /^preload\/\w+\.cjs$/,
  /^renderer\/[\w./-]+\.(html|js|css|woff2|wasm|svg|png)$/,
  /^models\/(coco-ssd|desk-head)\/[\w.-]+$/,
  /^node_modules\/(keytar|koffi|node-gyp-build|@photostructure\/sqlite)\/[\w./-]+\.(js|cjs|json)$/,
  /^node_modules\/@koromix\/koffi-[\w-]+\/[\w./-]+\.(js|json)$/,
  /^node_modules\/[@\w./-]+\/LICENSE(\.md|\.txt)?$/
]
const never = [
  /\.(ts|tsx|mts|cts|map|cc|h|gyp|jsonl|mjpeg|snap)$/,
  /\.(spec|itest)\.|fixture|\.stamp|runtime\.json|crashpad/,
  /\/prebuilds\/(?!linux-x64)/
]

test('A1 the package has what runs and nothing else, and its fuses are as decided', async () => {
  const { folder } = packaged
  const inside = (await filesInArchive(join(folder, 'resources/app.asar'))).map(({ path }) => path)
  expect(inside.filter((path) => !archived.some((form) => form.test(path)))).toEqual([])
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  expect([...inside, ...names].filter((path) => never.some((form) => form.test(path)))).toEqual([])
  expect(inside).toEqual(
    expect.arrayContaining(['main/index.cjs', 'main/integrity.cjs', 'preload/shell.cjs'])
  )
  expect(readdirSync(join(folder, 'resources')).sort()).toEqual([
    'app.asar',
    'app.asar.unpacked',
    'integrity.json'
  ])

  const { version } = runtimeSchema.parse(JSON.parse(readFileSync('.runtime/electron/runtime.json', 'utf8')))
  const binary = readFileSync(join(folder, 'havendesk-runtime'))
  const gate = (bytes: Buffer): readonly string[] =>
    fuseProblems(readFuseWires(bytes), decidedFuses('test'), Number(version.split('.')[0]))
  expect(gate(binary)).toEqual([])
  const first = binary.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 34
  binary[first] = (binary[first] ?? 0) ^ 1
  expect(gate(binary)).toEqual(['runAsNode is on, must be off'])
})

test('A1 a packaged program that is whole takes a sign-in and shows the workspace', async () => {
  const workstation = await start(packaged.copy('whole'))
  await scene.atWork(workstation)
  expect(await heard()).toEqual([])
})

/** False where the process ended of itself before the signal came, as one that Chromium kept spare does. */
function crashes(pidOf: () => number): boolean {
  try {
    return process.kill(pidOf(), 'SIGSEGV')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

test('F6 no process of the packaged program can leave a core file, and a crash leaves no dump', async () => {
  const program = packaged.copy('crashes')
  const workstation = await start(program)
  await workstation.shell()
  // The driver knows nothing of a program that crashed: it is not asked again.
  running = null
  const { pid } = workstation
  await until('its pages and helpers run', PATIENCE_MS, () => coreLimitsOf(pid).length > 8, 100)
  for (const [command, limit] of coreLimitsOf(pid)) expect([command, limit]).toEqual([command, '0 0'])
  await until('a page crashes', PATIENCE_MS, () => crashes(() => memberOf(pid, /--type=renderer/).pid), 50)
  process.kill(pid, 'SIGSEGV')
  await until('main is gone', PATIENCE_MS, () => familyOf(pid).length === 0, 50)
  const names = [
    ...readdirSync(data, { recursive: true, encoding: 'utf8' }),
    ...readdirSync(program.folder, { recursive: true, encoding: 'utf8' }),
    ...readdirSync(process.cwd())
  ]
  expect(names.filter((name) => /(^|\/)core(\.\d+)?$|\.dmp$/.test(name))).toEqual([])
})

const alterations: readonly {
  readonly what: string
  readonly alter: (program: ProgramCopy) => void | Promise<void>
  readonly heard: RegExp
}[] = [
  {
    what: 'a byte of the program in app.asar',
    alter: (program) => program.flipInside('main/index.cjs', 'src/main/startup/steps/courier.ts'),
    heard: /app\.asar > main\/index\.cjs: expected [0-9a-f]{16}, found [0-9a-f]{16}/
  },
  {
    what: 'a byte of a preload',
    alter: (program) => program.flipInside('preload/shell.cjs', 'src/contract/ipc/channel.ts'),
    heard: /app\.asar > preload\/shell\.cjs: expected/
  },
  {
    what: 'a byte of a model’s weights',
    alter: (program) => program.flipInside('models/coco-ssd/group1-shard1of5', 1000),
    heard: /app\.asar > models\/coco-ssd\/group1-shard1of5: expected/
  },
  {
    what: 'a byte of a native module',
    alter: (program) => {
      const module = readdirSync(program.folder, { recursive: true, encoding: 'utf8' }).find((name) =>
        name.endsWith('koffi.node')
      )
      if (module === undefined) throw new Error('the package has no koffi.node')
      program.flip(module)
    },
    heard: /koffi\.node: expected [0-9a-f]{16}, found [0-9a-f]{16}/
  },
  {
    what: 'a byte of the runtime’s own resources',
    alter: (program) => program.flip('locales/en-US.pak'),
    heard: /locales\/en-US\.pak: expected/
  },
  {
    what: 'a library that was added',
    alter: (program) => program.add('libextra.so', 'not ours'),
    heard: /libextra\.so: not listed, found 8 bytes/
  },
  {
    what: 'a missing list',
    alter: (program) => program.remove('resources/integrity.json'),
    heard: /integrity\.json: unreadable/
  },
  {
    what: 'a byte of the list',
    alter: (program) => program.flip('resources/integrity.json', 100),
    heard: /integrity\.json: no valid signature by key/
  }
]

for (const { what, alter, heard: pattern } of alterations) {
  test(`A2 ${what}: no session, and the hub hears why`, async () => {
    const program = packaged.copy('altered')
    await alter(program)
    const before = (await heard()).filter((one) => pattern.test(one)).length
    expect(before).toBe(0)
    await refusesToWork(await start(program))
    await hubHears(pattern)
  })
}

for (const file of ['snapshot_blob.bin', 'v8_context_snapshot.bin']) {
  test(`A2 a byte of ${file}: the runtime never starts, and the next start tells the hub`, async () => {
    const program = packaged.copy('snapshot')
    program.flip(file, 4096)
    // A sum that the caller's own tools say is right counts for nothing.
    const lies = mkdtempSync(join(tmpdir(), 'havendesk-lies-'))
    const right = new RegExp(`^check ${file} ([0-9a-f]{64})$`, 'm').exec(
      readFileSync(program.launcher, 'utf8')
    )?.[1]
    expect(right).toBeDefined()
    writeFileSync(join(lies, 'sha256sum'), `#!/bin/sh\necho ${String(right)}\n`, { mode: 0o755 })
    const refused = spawnSync(program.launcher, [`--havendesk-data=${data}`], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${lies}:${process.env['PATH'] ?? ''}` }
    })
    rmSync(lies, { recursive: true })
    expect(refused.status).toBe(78)
    expect(refused.stderr).toContain(`${file} was changed`)
    expect(refused.stderr).toContain('Llame a TI')
    const workstation = await start(packaged.copy('mended'))
    await hubHears(new RegExp(`refused to start: ${file}: expected [0-9a-f]{16}, found [0-9a-f]{16}`))
    await expect((await workstation.shell()).getByRole('button', { name: 'Sign in' })).toBeVisible()
  })
}

test('A2 a check of the program’s files that is stopped hides the desk, is recorded, and the next one goes on', async () => {
  const workstation = await start(packaged.copy('stopped'))
  await scene.atWork(workstation)
  const checker = (): Promise<number | undefined> =>
    workstation.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'havendesk-integrity')?.pid
    )
  const stopped = (await checker()) ?? 0
  expect(stopped).toBeGreaterThan(1)
  process.kill(stopped, 'SIGSTOP')
  await scene.covered()
  await expect
    .poll(async () => {
      const { rows } = await scene.floor.seeded.store.db.execute(
        sql`SELECT detail FROM security_event WHERE code = 'helper-died'`
      )
      return rows
    })
    .toContainEqual({ detail: 'integrity' })
  await until(
    'another one checks',
    PATIENCE_MS,
    async () => ![undefined, stopped].includes(await checker()),
    100
  )
  await scene.uncovered(50)
})

test('A2 a file that is altered in the middle of a session hides the desk and ends the work', async () => {
  const program = packaged.copy('session')
  const workstation = await start(program)
  await scene.atWork(workstation)
  program.flip('resources/app.asar')
  await scene.coveredFor(workstation, 'A part of Havendesk on this computer was changed.')
  await hubHears(/resources\/app\.asar: expected/)
  // The event and the alert are records of their own: the hub may have the first and not yet the second.
  const alerts = async (): Promise<unknown> => {
    const { rows } = await scene.floor.seeded.store.db.execute(
      sql`SELECT severity, hidden FROM alert WHERE rule = 'program-altered'`
    )
    return rows
  }
  await expect.poll(alerts).toEqual([{ severity: 'act', hidden: true }])
})
