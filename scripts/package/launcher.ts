import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Flavour } from '../../src/core/flavour'

/** What people and desktop entries start; the runtime behind it. */
export const LAUNCHER = 'havendesk'
export const RUNTIME = 'havendesk-runtime'

/** What the runtime loads before a line of ours runs: the engine's heap snapshots and its tables. */
const loadedFirst = ['snapshot_blob.bin', 'v8_context_snapshot.bin', 'icudtl.dat']

/** Exit code of a start that the launcher refused (EX_CONFIG). */
export const REFUSED_EXIT = 78

/** Writes the launcher into the packaged folder. Its hashes are those of the files that lie there now. */
export function writeLauncher(folder: string, flavour: Flavour): void {
  const lines = loadedFirst.map((name) => {
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
    return `check ${name} ${sha256}`
  })
  const path = join(folder, LAUNCHER)
  writeFileSync(path, launcherScript(lines, flavour))
  chmodSync(path, 0o755)
}

const launcherScript = (checks: readonly string[], flavour: Flavour): string => `#!/bin/sh
# Starts Havendesk. Whatever crashes leaves no core file, and a runtime whose snapshots are altered never runs: code in
# them would run before the program can check anything. A refused start is told to the hub by the next one that works.
ulimit -c 0
# What is called below is the system's own, not what the caller's PATH finds first.
callers=$PATH
PATH=/usr/bin:/bin
export PATH
here=$(dirname -- "$(readlink -f -- "$0")")
data=\${XDG_CONFIG_HOME:-$HOME/.config}/${dataFolderOf(flavour)}
${flavour === 'release' ? '' : TOLD_DATA}
check() {
  sum=$(sha256sum -- "$here/$1" 2>/dev/null)
  found=\${sum%% *}
  [ "$found" = "$2" ] && return
  short=$(printf %.16s "$found")
  umask 077
  mkdir -p -- "$data"
  printf '%s: expected %.16s, found %s\\n' "$1" "$2" "\${short:-nothing}" > "$data/refused-start"
  sync -- "$data/refused-start"
  echo "Havendesk does not start: $1 was changed. Call IT: they install Havendesk again." >&2
  echo "Havendesk no se inicia: $1 fue modificado. Llame a TI: instalarán Havendesk de nuevo." >&2
  exit ${String(REFUSED_EXIT)}
}
${checks.join('\n')}
PATH=$callers
export PATH
exec "$here/${RUNTIME}" "$@"
`

/** Electron keeps a program's data under its name; test and demo builds in a folder of their flavour below that. */
const dataFolderOf = (flavour: Flavour): string =>
  flavour === 'release' ? 'havendesk' : `havendesk-${flavour}/${flavour}`

/** Test and demo builds may be told another folder, as the program itself may (src/main/startup/options.ts). */
const TOLD_DATA = `for word in "$@"; do
  case "$word" in --havendesk-data=*) data=\${word#--havendesk-data=} ;; esac
done`
