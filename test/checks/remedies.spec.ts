import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkNames } from '../../src/core/check/names'
import { catalogue } from '../../src/ui/messages/catalogue'

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))

describe('every way in which a check does not pass', () => {
  it('has words for what mends it, in both languages', () => {
    const keys = ['src/core/check', 'src/device']
      .flatMap(sourcesIn)
      .flatMap((text) => [...text.matchAll(/'(remedy\.[a-z0-9.-]+)'/g)].map(([, key]) => key ?? ''))
    expect(keys.length).toBeGreaterThan(40)
    for (const key of keys) expect(catalogue).toHaveProperty([key])
  })

  it('has a name, and words for when nobody can tell', () => {
    for (const name of checkNames) {
      expect(catalogue).toHaveProperty([`shell.check.${name}`])
      if (name !== 'service') expect(catalogue).toHaveProperty([`remedy.${name}.unknown`])
    }
  })
})
