import { execFileSync, spawnSync } from 'node:child_process'

/** How many print dialogs of the system are on the screen; of one program where its process is named. */
export const dialogs = (pid?: number): number =>
  spawnSync(
    'xdotool',
    [
      'search',
      '--onlyvisible',
      ...(pid === undefined ? [] : ['--all', '--pid', String(pid)]),
      '--name',
      '^Print$'
    ],
    { encoding: 'utf8' }
  )
    .stdout.split('\n')
    .filter((line) => line !== '').length

/** Sends the one that is open away. */
export const dismiss = (): void => {
  execFileSync('xdotool', ['key', 'Escape'])
}
