import { SourceError, type Sources } from '../../src/device/contract/sources'
import type { MachineFacts } from './machine'

/** A machine on which every file and every program says the same text; its folders and links are as they were. */
export function textSources(facts: MachineFacts, text: string): Sources {
  const paths = [
    ...Object.keys(facts.files ?? {}),
    ...Object.keys(facts.links ?? {}),
    ...Object.keys(facts.tools ?? {}),
    ...(facts.folders ?? [])
  ]
  return {
    tool: () => Promise.resolve(text),
    ask: () => Promise.resolve({ code: 0, output: text }),
    file: () => Promise.resolve({ text, modifiedMs: Date.now() }),
    folder: (path) => {
      const inside = paths.filter((one) => one.startsWith(`${path}/`))
      if (inside.length === 0) return Promise.reject(new SourceError('absent', path))
      return Promise.resolve([
        ...new Set(inside.map((one) => one.slice(path.length + 1).split('/')[0] ?? ''))
      ])
    },
    folderChangedMs: () => Promise.resolve(Date.now()),
    link: () => Promise.resolve(text),
    variable: (name) => facts.environment?.[name],
    service: () => Promise.reject(new SourceError('unusable', 'the service says what nobody can read')),
    wallMs: () => Date.now()
  }
}
