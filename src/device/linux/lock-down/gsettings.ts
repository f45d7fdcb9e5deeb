import type { Change, Where } from '../../contract/lock-down'
import { SourceError } from '../../contract/sources'

const GSETTINGS = '/usr/bin/gsettings'
const PREFIX = 'gsettings:'

/** One key of GSettings. Values are GVariant text, as `gsettings` writes and reads it. */
export function gsetting(schema: string, key: string, wanted: string): Change {
  return {
    key: `${PREFIX}${schema}:${key}`,
    wanted,
    read: (where) => get(where, schema, key),
    write: async (where, value) => {
      const run = async (...args: string[]): Promise<void> => {
        known.get(where)?.delete(schema)
        const { code } = await where.ask(GSETTINGS, args)
        if (code !== 0)
          throw new SourceError('unusable', `gsettings ${args[0] ?? ''} ended with ${String(code)}`)
      }
      if (value !== wanted) {
        // What was never set by the person is not left set by us.
        await run('reset', schema, key)
        if (value === null || (await get(where, schema, key)) === value) return
      }
      await run('set', schema, key, value)
    }
  }
}

/** Values of one schema as they were read last through this `Where`; a write forgets them. */
const known = new WeakMap<Where, Map<string, Promise<ReadonlyMap<string, string>>>>()

async function get(where: Where, schema: string, key: string): Promise<string> {
  const ofWhere = known.get(where) ?? new Map<string, Promise<ReadonlyMap<string, string>>>()
  known.set(where, ofWhere)
  const values = ofWhere.get(schema) ?? list(where, schema)
  ofWhere.set(schema, values)
  const value = (await values).get(key)
  if (value === undefined) throw new SourceError('absent', `no ${schema} ${key}`)
  return value
}

/** `org.gnome.desktop.lockdown disable-printing false`, a line for each key: one program for all keys of a schema. */
async function list(where: Where, schema: string): Promise<ReadonlyMap<string, string>> {
  const { code, output } = await where.ask(GSETTINGS, ['list-recursively', schema])
  if (code !== 0) {
    const missing = /^No such schema/m.test(output)
    throw new SourceError(missing ? 'absent' : 'unusable', missing ? `no ${schema}` : 'gsettings failed')
  }
  // Warnings of the library, such as of a store that keeps nothing, begin with no schema.
  const lines = output.split('\n').flatMap((line) => {
    const [, found, key = '', value = ''] = /^(\S+) (\S+) (.+)$/.exec(line) ?? []
    return found === schema ? [[key, value] as const] : []
  })
  if (lines.length === 0) throw new SourceError('unusable', `gsettings said nothing of ${schema}`)
  return new Map(lines)
}

/** The change of a key from a journal: what it was wanted to be does not matter any more. */
export function gsettingOf(key: string): Change | null {
  const [schema, name, ...more] = key.startsWith(PREFIX) ? key.slice(PREFIX.length).split(':') : []
  const isName = (text: string | undefined): text is string =>
    text !== undefined && /^[a-z][A-Za-z0-9.-]{1,100}$/.test(text)
  return more.length === 0 && isName(schema) && isName(name) ? gsetting(schema, name, '') : null
}
