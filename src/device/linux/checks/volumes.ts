import type { Volume, VolumeState } from '../../../core/check/judge/disk-encryption'
import { garbled, ifThere, type Sources } from '../../contract/sources'

const BLOCK = '/sys/class/block'
/** What dm-crypt puts before the name of a device that it encrypts; `CRYPT-VERITY` and `CRYPT-INTEGRITY` encrypt nothing. */
const ENCRYPTED = /^CRYPT-(LUKS1|LUKS2|PLAIN|LOOPAES|TCRYPT|BITLK|FVAULT2)-/
/** Files that nobody can write to hold nothing of a person's. */
const readOnly: ReadonlySet<string> = new Set(['squashfs', 'iso9660', 'erofs', 'cramfs'])

interface Mount {
  readonly use: string
  /** Name of the block device under it; null when the kernel tells of none. */
  readonly device: string | null
}

/** Every file system on a block device, and swap, each with what is under it. From the kernel's own tree, without root. */
export async function volumesOf(sources: Sources): Promise<readonly Volume[]> {
  const mounts = [...(await mountsOf(sources)), ...(await swapsOf(sources))]
  const converting = await isConverting(sources)
  return Promise.all(
    mounts.map(async ({ use, device }): Promise<Volume> => {
      const state = device === null ? 'unknown' : await stateOf(sources, device, 0)
      return { use, state: state === 'encrypted' && converting ? 'converting' : state }
    })
  )
}

/** proc_pid_mountinfo(5). The boot partition is left out: it is read before anything can be decrypted. */
async function mountsOf(sources: Sources): Promise<readonly Mount[]> {
  const lines = (await sources.file('/proc/self/mountinfo')).text.split('\n').filter((line) => line !== '')
  const found = new Map<string, Mount>()
  for (const line of lines) {
    const parts = /^\d+ \d+ (\d+:\d+) \S+ (\S+) \S+.* - (\S+) (\S+) \S+$/.exec(line)
    if (parts === null) throw garbled('mountinfo')
    const [, number = '', point = '', type = '', source = ''] = parts
    const isRoot = point === '/'
    if (readOnly.has(type) || /^\/(boot|efi)(\/|$)/.test(point)) continue
    const onDevice = !number.startsWith('0:') || source.startsWith('/dev/')
    if (!onDevice && !isRoot) continue
    const use = isRoot ? 'root' : point === '/home' ? 'home' : 'data'
    const key = onDevice ? `${number} ${source}` : 'root'
    if (found.has(key) && !isRoot) continue
    const device = onDevice ? await nameOf(sources, number, source) : null
    // A loop is a file on a file system that is looked at itself.
    if (isRoot || device?.startsWith('loop') !== true) found.set(key, { use, device })
  }
  if (![...found.values()].some(({ use }) => use === 'root')) throw garbled('mountinfo')
  return [...found.values()]
}

/** File systems over several devices (btrfs) have no number of their own: the name of the device is all there is. */
async function nameOf(sources: Sources, number: string, source: string): Promise<string | null> {
  const place = number.startsWith('0:')
    ? ((await ifThere(sources.link(source))) ?? source)
    : await sources.link(`/sys/dev/block/${number}`)
  return place.split('/').at(-1) ?? null
}

/** proc_swaps(5). Swap in memory is not on a disk; a file of swap is on a file system that is looked at anyway. */
async function swapsOf(sources: Sources): Promise<readonly Mount[]> {
  const [header = '', ...lines] = (await sources.file('/proc/swaps')).text.split('\n')
  if (!/^Filename\s+Type\s+Size/.test(header)) throw garbled('/proc/swaps')
  return lines
    .filter((line) => line !== '')
    .flatMap((line): readonly Mount[] => {
      const [, path, type] = /^(\S+)\s+(partition|file)\s/.exec(line) ?? []
      if (path === undefined) throw garbled('/proc/swaps')
      const device = path.split('/').at(-1) ?? ''
      return type === 'file' || device.startsWith('zram') ? [] : [{ use: 'swap', device }]
    })
}

/** Encrypted by itself, or because all that it lies on is (LVM over LUKS, a partition of an encrypted RAID). */
async function stateOf(sources: Sources, device: string, depth: number): Promise<VolumeState> {
  if (depth > 8) return 'unknown'
  const uuid = await ifThere(sources.file(`${BLOCK}/${device}/dm/uuid`))
  if (uuid !== null && ENCRYPTED.test(uuid.text)) return 'encrypted'
  const place = (await sources.link(`${BLOCK}/${device}`)).split('/')
  const inside = await sources.folder(`${BLOCK}/${device}`)
  const below = inside.includes('partition')
    ? [place.at(-2) ?? '']
    : ((await ifThere(sources.folder(`${BLOCK}/${device}/slaves`))) ?? [])
  if (below.length === 0) return 'plain'
  const states = await Promise.all(below.map((one) => stateOf(sources, one, depth + 1)))
  return states.every((state) => state === 'encrypted') ? 'encrypted' : 'plain'
}

/** While cryptsetup re-encrypts or decrypts, it keeps devices of these names for the part that it works on. */
async function isConverting(sources: Sources): Promise<boolean> {
  const mapped = (await sources.folder(BLOCK)).filter((name) => /^dm-\d+$/.test(name))
  const names = await Promise.all(
    mapped.map(async (device) => (await sources.file(`${BLOCK}/${device}/dm/name`)).text.trim())
  )
  return names.some((name) => /-(hotzone-(forward|backward)|overlay)$/.test(name))
}
