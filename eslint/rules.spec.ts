import { Linter } from 'eslint'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as syntax from './syntax.js'
import { zonesRule } from './zones.js'

const src = resolve('src')

function zoneProblems(file: string, code: string): string[] {
  const linter = new Linter()
  return linter
    .verify(
      code,
      [
        {
          files: ['**/*.ts'],
          languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
          plugins: { havendesk: { rules: { zones: zonesRule } } },
          rules: { 'havendesk/zones': ['error', { src }] }
        }
      ] as Linter.Config[],
      { filename: resolve(src, file) }
    )
    .map((message) => message.message)
}

function syntaxProblems(selectors: readonly unknown[], code: string): string[] {
  const linter = new Linter()
  const rules = { 'no-restricted-syntax': ['error', ...selectors] } as Linter.RulesRecord
  return linter
    .verify(code, [
      { languageOptions: { ecmaVersion: 2024, sourceType: 'module' }, rules }
    ] as Linter.Config[])
    .map((message) => message.message)
}

describe('the import table', () => {
  it.each([
    ['core/a.ts', `import fs from 'node:fs'`],
    ['core/a.ts', `import { x } from '../contract/ipc/schema'`],
    ['core/policy/a.ts', `import { app } from 'electron'`],
    ['contract/ipc/a.ts', `import { x } from '../../main/index'`],
    ['vision/a.ts', `import { x } from '../contract/ipc/schema'`],
    ['vision/a.ts', `import fs from 'node:fs'`],
    ['device/linux/a.ts', `import { x } from '../win32/b'`],
    ['device/linux/a.ts', `import { x } from '../choose'`],
    ['main/a.ts', `import { x } from '../device/linux/b'`],
    ['main/a.ts', `import { x } from '../hub/index'`],
    ['main/a.ts', `export * from '../renderer/shell/app'`],
    ['preload/shell.ts', `import { shell } from 'electron'`],
    ['preload/shell.ts', `import fs from 'node:fs'`],
    ['renderer/shell/a.ts', `import { x } from '../sensor/b'`],
    ['renderer/shell/a.ts', `import { x } from '../../vision/b'`],
    ['renderer/blank/a.ts', `import React from 'react'`],
    ['ui/a.ts', `import { x } from '../contract/ipc/schema'`],
    ['service/a.ts', `import { x } from '../contract/wire/v1/device'`],
    ['hub/a.ts', `import { x } from '../main/courier/b'`],
    ['hub/a.ts', `const x = await import('electron')`],
    ['console/a.ts', `import { x } from '../hub/store/index'`],
    ['provision/a.ts', `import { x } from '../hub/http/server'`],
    ['nowhere/a.ts', `import { x } from '../core/result'`]
  ])('refuses in %s: %s', (file, code) => {
    expect(zoneProblems(file, code)).toHaveLength(1)
  })

  it.each([
    ['core/policy/a.ts', `import { z } from 'zod'; import { x } from '../result'`],
    ['main/a.ts', `import { app } from 'electron'; import { x } from '../device/choose'`],
    ['preload/shell.ts', `import { contextBridge, ipcRenderer } from 'electron'`],
    ['renderer/sensor/a.ts', `import { x } from '../../vision/b'`],
    ['console/a.ts', `import { x } from '../contract/wire/v1/console'`],
    ['provision/a.ts', `import { x } from '../hub/store/index'`]
  ])('allows in %s: %s', (file, code) => {
    expect(zoneProblems(file, code)).toEqual([])
  })
})

describe('forbidden shapes', () => {
  it.each([
    ['everywhere', `try { f() } catch {}`],
    ['everywhere', `export default 1`],
    ['platform', `process.platform`],
    ['pureCore', `Date.now()`],
    ['pureCore', `new Date()`],
    ['pureCore', `Math.random()`],
    ['pureCore', `performance.now()`],
    ['electron', `({ nodeIntegration: true })`],
    ['electron', `({ nodeIntegrationInWorker: true })`],
    ['electron', `({ nodeIntegrationInSubFrames: true })`],
    ['electron', `({ contextIsolation: false })`],
    ['electron', `({ sandbox: false })`],
    ['electron', `({ webSecurity: false })`],
    ['electron', `({ allowRunningInsecureContent: true })`],
    ['electron', `({ experimentalFeatures: true })`],
    ['electron', `({ webviewTag: true })`],
    ['electron', `({ enableBlinkFeatures: 'X' })`],
    ['electron', `shell.openExternal(url)`],
    ['electron', `view.webContents.executeJavaScript('1')`],
    ['electron', `app.commandLine.appendSwitch('no-sandbox')`]
  ] as const)('%s refuses: %s', (set, code) => {
    expect(syntaxProblems(syntax[set], code)).toHaveLength(1)
  })

  it('lets the safe values pass', () => {
    const code = `({ nodeIntegration: false, contextIsolation: true, sandbox: true, webSecurity: true })`
    expect(syntaxProblems(syntax.electron, code)).toEqual([])
  })
})
