import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { desktopSessionSchema, type DesktopSession } from '../../contract/service/lock-down'
import type { Peer } from '../../device/contract'
import { operatingSystem } from '../../device/choose'
import type { Value } from '../../device/contract/lock-down'

/** One setting as it was before the shift. */
const entrySchema = z.strictObject({
  key: z.string().min(1).max(200),
  before: z.string().max(8000).nullable()
})
const pageSchema = z.strictObject({
  schema: z.literal(1),
  peer: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('user'), uid: z.number().int().nonnegative() }),
    z.strictObject({ kind: z.literal('sid'), sid: z.string().regex(/^S-1-[0-9-]+$/) })
  ]),
  session: desktopSessionSchema,
  entries: z.array(entrySchema).max(500)
})
/** What was changed on one person's desktop, and where that desktop is. */
export type Page = z.infer<typeof pageSchema>

/**
 * What settings were before they were changed: one file for each person, replaced as a whole and synced before the change
 * that it speaks of is made. A file is gone once everything in it is as it was.
 */
export class Journal {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Everything that was left, readable or not. */
  left(): readonly (Page | { readonly damaged: string })[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => this.read(name) ?? { damaged: name })
  }

  /** What was left of this person, readable or not; null when there is nothing. */
  page(peer: Peer): Page | { readonly damaged: string } | null {
    const name = nameOf(peer)
    if (!readdirSync(this.folder).includes(name)) return null
    return this.read(name) ?? { damaged: name }
  }

  /** Keeps a page; one without entries goes. Either is on the disk when this returns. Throws for what could not be read back. */
  keep(page: Page): void {
    const path = join(this.folder, nameOf(page.peer))
    if (page.entries.length === 0) rmSync(path, { force: true })
    else {
      const text = JSON.stringify(pageSchema.parse(page))
      const draft = `${path}.new`
      const file = openSync(draft, 'w', 0o600)
      try {
        writeFileSync(file, text)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(draft, path)
    }
    this.syncFolder()
  }

  /** Puts a file aside that nobody can read, so that it is there for a person to look at and in nobody's way. */
  putAside(name: string): void {
    renameSync(join(this.folder, name), join(this.folder, `${name}.damaged`))
    this.syncFolder()
  }

  private read(name: string): Page | null {
    let json: unknown
    try {
      json = JSON.parse(readFileSync(join(this.folder, name), 'utf8'))
    } catch (error) {
      if (error instanceof SyntaxError) return null
      throw error
    }
    const page = pageSchema.safeParse(json)
    return page.success ? page.data : null
  }

  private syncFolder(): void {
    if (operatingSystem === 'win32') return // it can sync no folder, and does not need to
    const folder = openSync(this.folder, constants.O_RDONLY)
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  }
}

/** The name of a person's file. */
export const nameOf = (peer: Peer): string =>
  peer.kind === 'user' ? `uid-${String(peer.uid)}.json` : `sid-${peer.sid}.json`

export const emptyPage = (peer: Peer, session: DesktopSession): Page => ({
  schema: 1,
  peer: { ...peer },
  session,
  entries: []
})

export const withEntry = (page: Page, key: string, before: Value): Page => ({
  ...page,
  entries: [...page.entries, { key, before }]
})
export const withoutEntry = (page: Page, key: string): Page => ({
  ...page,
  entries: page.entries.filter((entry) => entry.key !== key)
})
