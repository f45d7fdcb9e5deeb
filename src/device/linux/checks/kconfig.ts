import { garbled } from '../../contract/sources'

/** One value of a KDE settings file; `fixed` where the file says that nobody's own file counts above it. */
export interface KdeValue {
  readonly value: string
  readonly fixed: boolean
}

/**
 * The entries of one group of a KDE settings file (KConfig): `[Group]`, then `key=value`; of a key that stands twice the
 * last counts; `[$i]` behind a group or a key makes it fixed. Throws on a line that is none of these.
 */
export function kdeGroup(text: string, group: string, name: string): ReadonlyMap<string, KdeValue> {
  const entries = new Map<string, KdeValue>()
  let here = false
  let fixed = false
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const header = /^\[([^\]]+)\](.*)$/.exec(line)
    if (header !== null) {
      here = header[1] === group && /^(\[\$i\])?$/.test(header[2] ?? '')
      fixed = here && header[2] === '[$i]'
      continue
    }
    const entry = /^([^=[]+)(\[\$[a-z]+\])?\s*=\s*(.*)$/.exec(line)
    if (entry === null) throw garbled(name)
    const [, key = '', mark = '', value = ''] = entry
    if (here) entries.set(key.trim(), { value, fixed: fixed || mark.includes('i') })
  }
  return entries
}
