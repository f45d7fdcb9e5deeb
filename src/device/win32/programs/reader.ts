import { kill } from 'node:process'
import { z } from 'zod'
import type { Program } from '../../../core/application/program'
import {
  hashOf,
  identityOf,
  ProgramScan,
  type MakerFacts,
  type ProgramSystem,
  type Running
} from '../../contract/program-scan'
import type { ProgramFile, ProgramReader } from '../../contract/programs'
import { POWERSHELL, UTF8 } from '../powershell'
import { LineHost, startProgram } from './host'

// Written from Microsoft's reference (Win32_Process, Get-AuthenticodeSignature, FileVersionInfo); never run on Windows.

/** The first answer waits for PowerShell itself, milliseconds. */
const ASK_MS = 10_000

/**
 * Our own script, a constant: what it is asked comes as JSON on its input, and a path in it is never more than data.
 * `0xD0156` are the rights that change a file, `0x50000000` the generic ones.
 */
const SCRIPT =
  `${UTF8}[Console]::InputEncoding = New-Object Text.UTF8Encoding $false; ` +
  '$me = (Get-Process -Id $PID).SessionId; ' +
  'while ($null -ne ($line = [Console]::In.ReadLine())) { $q = $line | ConvertFrom-Json; ' +
  'if ($q.ask -eq "list") { $r = @(Get-CimInstance -ClassName Win32_Process -Property ProcessId,ParentProcessId,CreationDate,ExecutablePath,Name,SessionId | ForEach-Object { ' +
  '@{ pid = [int64]$_.ProcessId; parent = [int64]$_.ParentProcessId; session = [int64]$_.SessionId; name = "$($_.Name)"; path = $_.ExecutablePath; ' +
  'start = $(if ($_.CreationDate) { "$($_.CreationDate.ToFileTimeUtc())" } else { "0" }) } }); ' +
  '$a = @{ session = [int64]$me; processes = $r } } else { ' +
  '$a = @{ files = @($q.paths | ForEach-Object { $f = $_; try { ' +
  '$s = Get-AuthenticodeSignature -LiteralPath $f; $v = (Get-Item -LiteralPath $f -Force).VersionInfo; ' +
  '$l = [IO.File]::GetAccessControl($f); $t = [Security.Principal.SecurityIdentifier]; ' +
  '@{ path = $f; status = [int]$s.Status; subject = $(if ($s.SignerCertificate) { "$($s.SignerCertificate.Subject)" } else { "" }); ' +
  'original = "$($v.OriginalFilename)"; owner = $l.GetOwner($t).Value; ' +
  'writers = @($l.GetAccessRules($true, $true, $t) | Where-Object { [int]$_.AccessControlType -eq 0 -and ([int64]$_.FileSystemRights -band 0x500D0156) -ne 0 } | ForEach-Object { $_.IdentityReference.Value }) } ' +
  '} catch { @{ path = $f; failed = $true } } }) } }; ' +
  '[Console]::Out.WriteLine((ConvertTo-Json -Compress -Depth 4 -InputObject $a)); [Console]::Out.Flush() }'

const processSchema = z.strictObject({
  pid: z.number().int().nonnegative(),
  parent: z.number().int().nonnegative(),
  session: z.number().int().nonnegative(),
  name: z.string().min(1).max(300),
  path: z.string().min(1).max(33_000).nullable(),
  /** FILETIME in UTC: 100 ns since 1601. */
  start: z.string().regex(/^\d{1,20}$/)
})
const listSchema = z.strictObject({
  session: z.number().int(),
  processes: z.array(processSchema).min(1).max(20_000)
})
const fileSchema = z.union([
  z.strictObject({
    path: z.string(),
    /** SignatureStatus: 0 valid, 2 not signed. */
    status: z.number().int(),
    subject: z.string().max(2000),
    original: z.string().max(500),
    owner: z.string().max(200),
    writers: z.array(z.string().max(200)).max(200)
  }),
  z.strictObject({ path: z.string(), failed: z.literal(true) })
])
const filesSchema = z.strictObject({ files: z.array(fileSchema).max(64) })

/** SYSTEM, administrators, TrustedInstaller: who is one of them changes the system anyway. */
const SYSTEM: ReadonlySet<string> = new Set([
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
])

/** The process of Windows' kernel, and the one of its idle time. */
const KERNEL: ReadonlySet<number> = new Set([0, 4])

/** Everything that runs, from what the script wrote. Throws on what is no such list. */
export function parseProcesses(answer: unknown): readonly Running[] {
  const read = listSchema.safeParse(answer)
  if (!read.success) throw new Error('the list of processes cannot be read')
  const { session, processes } = read.data
  if (!processes.some(({ pid }) => pid === 4)) throw new Error('processes of the system are hidden')
  return processes.map(({ pid, parent, start, path, name, session: its }) => ({
    pid,
    parent,
    start,
    // Windows shows the paths of others to the service alone.
    path: KERNEL.has(pid) ? null : (path ?? undefined),
    names: [name],
    closable: its === session
  }))
}

/** What is known of each file; throws on what is no such answer. */
export function parseMakers(answer: unknown): ReadonlyMap<string, MakerFacts> {
  const read = filesSchema.safeParse(answer)
  if (!read.success) throw new Error('the facts of files cannot be read')
  return new Map(
    read.data.files.flatMap((file) => {
      if ('failed' in file) return []
      const { path, status, subject, original, owner, writers } = file
      const signer = status === 0 && subject !== '' ? subject : status === 2 ? null : undefined
      const installed = SYSTEM.has(owner) && writers.every((writer) => SYSTEM.has(writer))
      return [[path, { signer, originalName: original === '' ? null : original, installed }] as const]
    })
  )
}

const powershellHost = (): LineHost =>
  new LineHost(
    startProgram(POWERSHELL, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', SCRIPT]),
    ASK_MS
  )

/** The system's part of a look at what runs on Windows. */
export function win32System(host: Pick<LineHost, 'ask'>): ProgramSystem {
  const starts = new Map<number, string>()
  return {
    list: async () => {
      const running = parseProcesses(await host.ask({ ask: 'list' }))
      starts.clear()
      for (const { pid, start } of running) starts.set(pid, start)
      return running
    },
    makers: async (paths) => parseMakers(await host.ask({ ask: 'files', paths })),
    end: ({ pid, key, closable }: Program, how) => {
      // Windows knows no way to ask that this program could use: a window's own close is not the process's end.
      if (how === 'asked' || !closable || `${String(pid)}:${starts.get(pid) ?? ''}` !== key) return false
      try {
        return kill(pid, 'SIGKILL')
      } catch {
        // Gone by now, or not ours: what is still there is seen in the next look.
        return false
      }
    }
  }
}

export const win32Programs = (): ProgramReader => new ProgramScan(win32System(powershellHost()))

/** Questions come in pieces of a few processes each: one list answers all of them, milliseconds. */
const LIST_MS = 1000
let serviceHost: LineHost | null = null
let listed: {
  readonly host: object
  readonly at: number
  readonly list: Promise<readonly Running[]>
} | null = null

function listFor(host: Pick<LineHost, 'ask'>): Promise<readonly Running[]> {
  const now = performance.now()
  if (listed?.host !== host || now - listed.at > LIST_MS)
    listed = { host, at: now, list: host.ask({ ask: 'list' }).then(parseProcesses) }
  return listed.list
}

/** What the service, which may look at all of them, answers about processes whose paths are hidden from others. */
export async function programFiles(
  pids: readonly number[],
  withHashes: boolean,
  host: Pick<LineHost, 'ask'> = (serviceHost ??= powershellHost())
): Promise<readonly ProgramFile[]> {
  const running = await listFor(host)
  const wanted = running.filter(({ pid }) => pids.includes(pid))
  const paths = [...new Set(wanted.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])))]
  const makers: ReadonlyMap<string, MakerFacts> =
    paths.length === 0 ? new Map() : parseMakers(await host.ask({ ask: 'files', paths }))
  const answers: ProgramFile[] = []
  for (const { pid, parent, start, path } of wanted) {
    if (typeof path !== 'string') {
      // Not even SYSTEM sees a path where there is none: parts of the kernel, which it starts itself.
      if (KERNEL.has(pid) || KERNEL.has(parent))
        answers.push({ pid, start, path: null, gone: null, installed: true, sha256: null })
      continue
    }
    const identity = await identityOf(path)
    if (identity === undefined) continue
    const sha256 = withHashes && identity !== null ? await hashOf(path, identity) : undefined
    const installed = makers.get(path)?.installed === true
    answers.push({ pid, start, path, gone: identity === null ? 'deleted' : null, installed, sha256 })
  }
  return answers
}
