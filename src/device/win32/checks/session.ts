import { z } from 'zod'
import { judgeClock } from '../../../core/check/judge/clock'
import { judgeLocalAdmin } from '../../../core/check/judge/local-admin'
import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import { judgeScreenLock } from '../../../core/check/judge/screen-lock'
import { judgeUpdates } from '../../../core/check/judge/os-updates'
import { judgeMachine, virtualNameIn } from '../../../core/check/judge/virtual-machine'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { powershell } from '../powershell'

const WHOAMI = 'C:\\Windows\\System32\\whoami.exe'
/** Administrators, Domain Admins and Enterprise Admins (well-known SIDs); Backup and Hyper-V operators read any file. */
const powerful = /^S-1-5-(32-(544|551|578)|21-\d+-\d+-\d+-(512|519))$/

/** `whoami /groups`: the names and attributes are in the system's language, the third column's SIDs are not. */
export const localAdmin: Check = {
  name: 'local-admin',
  pace: 'often',
  look: async (sources) => {
    const lines = (await sources.tool(WHOAMI, ['/groups', '/fo', 'csv', '/nh'])).split(/\r?\n/)
    const sids = lines
      .filter((line) => line !== '')
      .map((line) => {
        const sid = /^"[^"]*","[^"]*","(S-1-\d+(?:-\d+)*)","[^"]*"$/.exec(line)?.[1]
        if (sid === undefined) throw garbled('whoami')
        return sid
      })
    // Everybody is a member of Everyone.
    if (!sids.includes('S-1-1-0')) throw garbled('whoami')
    return judgeLocalAdmin(sids.filter((sid) => powerful.test(sid)))
  }
}

const MACHINE =
  '$c = Get-CimInstance Win32_ComputerSystem; $b = Get-CimInstance Win32_BIOS; ' +
  '@{ manufacturer = "$($c.Manufacturer)"; model = "$($c.Model)"; bios = "$($b.Manufacturer) $($b.SMBIOSBIOSVersion)" } ' +
  '| ConvertTo-Json -Compress'

/** `HypervisorPresent` is true on real computers too, once Windows protects itself by a hypervisor: names decide. */
export const virtualMachine: Check = {
  name: 'virtual-machine',
  pace: 'seldom',
  look: async (sources) => {
    const text = z.string().min(2).max(200)
    const facts = await powershell(
      sources,
      MACHINE,
      z.strictObject({ manufacturer: text, model: text, bios: text })
    )
    const signs = Object.values(facts).flatMap((name) => virtualNameIn(name) ?? [])
    return judgeMachine({
      sources: ['the firmware'],
      signs: [...new Set(signs)].map((name) => `the firmware is ${name}`)
    })
  }
}

const REMOTE =
  'Add-Type -AssemblyName System.Windows.Forms; ' +
  '@{ programs = @(Get-Process | ForEach-Object { $_.ProcessName } | Sort-Object -Unique); ' +
  'ports = @(Get-NetTCPConnection -State Listen | ForEach-Object { [int]$_.LocalPort } | Sort-Object -Unique); ' +
  'remote = [bool][System.Windows.Forms.SystemInformation]::TerminalServerSession } | ConvertTo-Json -Compress'

/** Programs, ports, and whether this session is one of Remote Desktop (SM_REMOTESESSION). */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const schema = z.strictObject({
      programs: z.array(z.string().max(260)).min(1),
      ports: z.array(z.number().int().min(0).max(65_535)),
      remote: z.boolean()
    })
    const { programs, ports, remote } = await powershell(sources, REMOTE, schema)
    const session = remote ? ['a session over RDP'] : []
    return judgeRemoteControl({ programs, listening: ports, session }, rules['remote-control'].programs)
  }
}

const SCREEN_LOCK =
  "$d = Get-ItemProperty 'HKCU:\\Control Panel\\Desktop'; $g = 'HKCU:\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop'; " +
  'if (Test-Path $g) { $p = Get-ItemProperty $g } else { $p = $null }; ' +
  '$first = { param($n) if ($p -and $null -ne $p.$n) { "$($p.$n)" } else { "$($d.$n)" } }; ' +
  "$m = (Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System').InactivityTimeoutSecs; " +
  '@{ active = (& $first ScreenSaveActive); secure = (& $first ScreenSaverIsSecure); timeout = (& $first ScreenSaveTimeOut); ' +
  'machine = $m } | ConvertTo-Json -Compress'

/** The screen saver with a password, or the machine's limit of inactivity: whichever comes first. */
export const screenLock: Check = {
  name: 'screen-lock',
  pace: 'often',
  look: async (sources, rules) => {
    const flag = z.enum(['0', '1', ''])
    const schema = z.strictObject({
      active: flag,
      secure: flag,
      timeout: z.string().regex(/^\d{0,7}$/),
      machine: z.number().int().min(0).max(599_940).nullable()
    })
    const { active, secure, timeout, machine } = await powershell(sources, SCREEN_LOCK, schema)
    const saver = active === '1' && secure === '1' && Number(timeout) > 0 ? Number(timeout) : null
    const times = [saver, machine === 0 ? null : machine].filter((time) => time !== null)
    const idleSeconds = times.length === 0 ? null : Math.min(...times)
    return judgeScreenLock(
      { source: 'windows', enabled: idleSeconds !== null, idleSeconds },
      rules['screen-lock']
    )
  }
}

const UPDATES =
  '$o = Get-CimInstance Win32_OperatingSystem; $q = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher(); ' +
  '$q.Online = $false; $u = $q.Search("IsInstalled=0 and IsHidden=0").Updates; $n = 0; ' +
  'foreach ($x in $u) { foreach ($c in $x.Categories) { if ($c.CategoryID -eq "0fa1201d-4330-4fa8-8ae9-b877473b6441") { $n++; break } } }; ' +
  '$l = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate; ' +
  '@{ version = "$($o.Version)"; security = $n; searched = $(if ($l) { ([datetime]$l).ToString("s") + "Z" } else { $null }) } ' +
  '| ConvertTo-Json -Compress'

/** Windows Update's own list (IUpdateSearcher), counted by the identifier of the category "Security Updates". */
export const osUpdates: Check = {
  name: 'os-updates',
  pace: 'seldom',
  look: async (sources, rules) => {
    const schema = z.strictObject({
      version: z.string().regex(/^\d+\.\d+\.\d+$/),
      security: z.number().int().nonnegative(),
      searched: z.iso.datetime().nullable()
    })
    const { version, security, searched } = await powershell(sources, UPDATES, schema)
    const listAgeMs = searched === null ? null : sources.wallMs() - Date.parse(searched)
    return judgeUpdates({ system: 'windows', version, security, listAgeMs }, rules['os-updates'])
  }
}

const CLOCK =
  '$t = "$((Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters).Type)"; ' +
  '@{ running = [int](Get-Service W32Time).Status; type = $t } | ConvertTo-Json -Compress'

/** The time service runs (4) and has a source: its type is NTP, NT5DS or AllSync, and not NoSync. */
export const clock: Check = {
  name: 'clock',
  pace: 'often',
  look: async (sources) => {
    const schema = z.strictObject({
      running: z.number().int().min(1).max(7),
      type: z.enum(['NTP', 'NT5DS', 'AllSync', 'NoSync'])
    })
    const { running, type } = await powershell(sources, CLOCK, schema)
    return judgeClock(running === 4 && type !== 'NoSync')
  }
}
