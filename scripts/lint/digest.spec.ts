import { describe, expect, it } from 'vitest'
import { digestsOf } from './digest.mjs'

const project = {
  'eslint/rule.js': 'export const rule = 1',
  'eslint.config.js': "import './eslint/rule.js'",
  'package-lock.json': '{}',
  'tsconfig.json': '{}',
  'src/a.ts': "import { b } from './b'\nexport const a = b",
  'src/b.ts': "export * from './folder'",
  'src/folder/index.ts': "export const c = (): Promise<unknown> => import('../lazy.js')",
  'src/lazy.ts': 'export const lazy = 1',
  'src/data.json': '{}',
  'src/reads.ts': "import data from './data.json'\nexport const read = data",
  'src/alone.ts': 'export const alone = 1',
  'src/tool.mjs': "/** @type {import('./typed').Typed} */\nexport const tool = 1",
  'src/typed.ts': 'export type Typed = number',
  'src/window.ts': 'declare global { interface Window { own: string } }\nexport const window_ = 1',
  'src/script.ts': 'const everywhere = 1'
}
const digests = (files: Readonly<Record<string, string>>) =>
  digestsOf(Object.keys(files).sort(), (file: string) => files[file] ?? '')

/** The files whose digest differs once the given one is changed. */
const touchedBy = (name: keyof typeof project): readonly string[] => {
  const before = digests(project)
  const after = digests({ ...project, [name]: `${project[name]} ` })
  return [...after].filter(([file, digest]) => before.get(file) !== digest).map(([file]) => file)
}
const all = [...digests(project).keys()]

describe('what a file’s lint result depends on', () => {
  it('is itself, and what it leads to by whichever kind of import', () => {
    expect(touchedBy('src/alone.ts')).toEqual(['src/alone.ts'])
    expect(touchedBy('src/lazy.ts')).toEqual(['src/a.ts', 'src/b.ts', 'src/folder/index.ts', 'src/lazy.ts'])
    expect(touchedBy('src/folder/index.ts')).toEqual(['src/a.ts', 'src/b.ts', 'src/folder/index.ts'])
    expect(touchedBy('src/data.json')).toEqual(['src/reads.ts'])
    expect(touchedBy('src/typed.ts')).toEqual(['src/tool.mjs', 'src/typed.ts'])
  })

  it.each([
    'eslint/rule.js',
    'eslint.config.js',
    'package-lock.json',
    'tsconfig.json',
    'src/window.ts',
    'src/script.ts'
  ] as const)('is %s for every file', (name) => {
    expect(touchedBy(name)).toEqual(all)
  })

  it('changes when a file appears that an import may mean instead, and when the imported one goes', () => {
    const before = digests(project)
    const more = digests({ ...project, 'src/b.tsx': 'export const b = 2' })
    expect(more.get('src/a.ts')).not.toBe(before.get('src/a.ts'))
    expect(more.get('src/alone.ts')).toBe(before.get('src/alone.ts'))
    const { 'src/lazy.ts': gone, ...less } = project
    expect(gone).toBeDefined()
    expect(digests(less).get('src/a.ts')).not.toBe(before.get('src/a.ts'))
  })

  it('is told apart by name: two files with the same text are two', () => {
    const same = digests({ ...project, 'src/other.ts': project['src/alone.ts'] })
    expect(same.get('src/other.ts')).not.toBe(same.get('src/alone.ts'))
  })
})
