import type { z } from 'zod'
import { garbled, type Sources } from '../contract/sources'

/** What system_profiler(8) writes about one data type as JSON: an object with one list under the type's name. */
export async function profile<Schema extends z.ZodType>(
  sources: Sources,
  type: string,
  schema: Schema
): Promise<z.output<Schema>> {
  const text = await sources.tool('/usr/sbin/system_profiler', [type, '-json'])
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw garbled('system_profiler')
  }
  const list: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, type) : undefined
  const read = schema.safeParse(list)
  if (!read.success) throw garbled('system_profiler')
  return read.data
}

/** A property list as XML. plutil cannot make JSON of one that holds dates. */
export async function propertyList(sources: Sources, path: string): Promise<string> {
  const text = await sources.tool('/usr/bin/plutil', ['-convert', 'xml1', '-o', '-', path])
  if (!text.includes('<plist version="1.0">') || !text.trimEnd().endsWith('</plist>')) throw garbled('plutil')
  return text
}

/** The element after a key, on the first level that has it: `<key>K</key><date>…</date>` gives `date` and its text. */
export function valueOf(plist: string, key: string): { readonly kind: string; readonly text: string } | null {
  const found = new RegExp(`<key>${key}</key>\\s*<(\\w+)(?:/>|>([^<]*)<)`).exec(plist)
  return found === null ? null : { kind: found[1] ?? '', text: found[2] ?? '' }
}
