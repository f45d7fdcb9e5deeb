import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

/**
 * A small disk of its own (ext4 on a loop device) that can be made to stall as a failing disk does: `fsfreeze` lets
 * every write wait until the thaw. The bench, which runs without privileges, asks by files beside it: `freeze` is there
 * while it should stall, `frozen` is there while it does. Needs root.
 */
export function openFreezableDisk(uid, gid) {
  const folder = mkdtempSync(join(tmpdir(), 'havendesk-disk-'))
  const image = join(folder, 'image')
  const disk = join(folder, 'disk')
  const control = join(folder, 'control')
  writeFileSync(image, '')
  truncateSync(image, 512 * 1024 * 1024)
  mkdirSync(disk)
  mkdirSync(control)
  const run = (command, ...args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  run('mkfs.ext4', '-q', '-E', `root_owner=${uid}:${gid}`, image)
  run('mount', '-o', 'loop', image, disk)
  run('chown', `${uid}:${gid}`, control)
  run('chmod', '711', folder)
  let frozen = false
  const obey = () => {
    const wanted = existsSync(join(control, 'freeze'))
    if (wanted === frozen) return
    run('fsfreeze', wanted ? '-f' : '-u', disk)
    frozen = wanted
    if (frozen) writeFileSync(join(control, 'frozen'), '')
    else rmSync(join(control, 'frozen'), { force: true })
  }
  const timer = setInterval(obey, 50)
  return {
    disk,
    control,
    close: () => {
      clearInterval(timer)
      if (frozen) run('fsfreeze', '-u', disk)
      run('umount', '-l', disk)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
