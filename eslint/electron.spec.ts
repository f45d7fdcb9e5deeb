import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Linter } from 'eslint'
import ts from 'typescript-eslint'
import { describe, expect, it } from 'vitest'
import { electronRules, requiredGuards } from './electron.js'

interface Rule {
  readonly name: string
  readonly selector: string
}
const linter = new Linter()

/** How often each rule's shape stands in a piece of code. */
function found(rules: readonly Rule[], code: string, file = 'fixture.tsx'): string[] {
  const shapes = rules.map(({ name, selector }) => ({ selector, message: name }))
  const languageOptions = {
    parser: ts.parser,
    parserOptions: { ecmaFeatures: { jsx: file.endsWith('x') } }
  }
  const config = {
    files: ['**/*.{ts,tsx}'],
    languageOptions,
    rules: { 'no-restricted-syntax': ['error', ...shapes] } as Linter.RulesRecord
  }
  const messages = linter.verify(code, [config] as Linter.Config[], {
    filename: file,
    allowInlineConfig: false // no comment silences a finding
  })
  return messages.map(({ message, fatal }) =>
    fatal === true ? `${file} does not parse: ${message}` : message
  )
}

/** One bad example of each rule. */
const bad: Readonly<Record<string, string>> = {
  nodeIntegration: `({ nodeIntegration: true })`,
  nodeIntegrationInWorker: `({ nodeIntegrationInWorker: true })`,
  nodeIntegrationInSubFrames: `({ nodeIntegrationInSubFrames: true })`,
  contextIsolation: `({ contextIsolation: false })`,
  sandbox: `({ sandbox: false })`,
  webSecurity: `({ webSecurity: false })`,
  allowRunningInsecureContent: `({ allowRunningInsecureContent: true })`,
  experimentalFeatures: `({ experimentalFeatures: true })`,
  plugins: `({ plugins: true })`,
  navigateOnDragDrop: `({ navigateOnDragDrop: true })`,
  enableRemoteModule: `({ enableRemoteModule: true })`,
  webviewTag: `({ webviewTag: true })`,
  enableBlinkFeatures: `({ enableBlinkFeatures: 'X' })`,
  'webPreferences missing': `new BrowserWindow({ show: false })`,
  BrowserView: `new BrowserView()`,
  'webview element': `const a = <webview src="https://example.org" />`,
  executeJavaScript: `view.webContents.executeJavaScript('1')`,
  insertCSS: `view.webContents.insertCSS(text)`,
  'insecure address': 'window.loadURL(`http://${host}/`)',
  loadFile: `window.loadFile(path)`,
  'window allowed': `contents.setWindowOpenHandler(() => ({ action: 'allow' }))`,
  'developer tools': `window.webContents.openDevTools()`,
  'raw HTML': `const a = <p dangerouslySetInnerHTML={{ __html: text }} />`,
  eval: `new Function(text)`,
  'postMessage to anybody': `parent.postMessage(data, '*')`,
  'certificate accepted': `app.on('certificate-error', (e, c, u, m, k, answer) => { answer(true) })`,
  'certificate procedure': `session.setCertificateVerifyProc((r, answer) => { answer(0) })`,
  rejectUnauthorized: `connect({ rejectUnauthorized: false })`,
  bypassCSP: `protocol.registerSchemesAsPrivileged([{ scheme: 'x', privileges: { bypassCSP: true } }])`,
  'old protocol': `protocol.registerFileProtocol('x', handler)`,
  'protocol client': `app.setAsDefaultProtocolClient('x')`,
  'permission granted': `session.setPermissionRequestHandler((c, p, answer) => { answer(true) })`,
  'display capture': `session.setDisplayMediaRequestHandler(handler)`,
  openExternal: `shell.openExternal(url)`,
  openPath: `shell.openPath(path)`,
  remote: `import { remote } from 'electron'`,
  'ipcMain past the schema': `ipcMain.on('channel', listener)`,
  'ipcRenderer handed out': `contextBridge.exposeInMainWorld('api', { ipc: ipcRenderer })`,
  'weakening switch': `app.commandLine.appendSwitch('disable-web-security')`,
  'Electron variable': `if (process.env['ELECTRON_DISABLE_SECURITY_WARNINGS']) go()`,
  'crash reporter': `crashReporter.start({ submitURL: '' })`,
  'safeStorage in clear': `safeStorage.setUsePlainTextEncryption(true)`
}

describe('A6: what is read from the code', () => {
  it.each(electronRules.map(({ name }) => name))('%s fires on its bad example', (name) => {
    expect(found(electronRules, bad[name] ?? '')).toContain(name)
  })

  it.each([
    ['eval', `eval(text)`],
    ['eval', `setTimeout('go()', 10)`],
    ['eval', `import vm from 'node:vm'`],
    ['raw HTML', `element.innerHTML = text`],
    ['insecure address', `window.loadURL('file:///etc/passwd')`],
    ['permission granted', `session.setPermissionCheckHandler(() => true)`],
    ['weakening switch', `['--no-sandbox']`],
    ['ipcMain past the schema', `ipcMain.handle('channel', listener)`],
    ['ipcMain past the schema', `electron['ipcMain']['handle']('channel', listener)`],
    ['sandbox', `({ 'sandbox': false })`],
    ['sandbox', `({ ['sandbox']: false })`],
    ['sandbox', '({ [`sandbox`]: false })'],
    ['sandbox', `({ sandbox: !1 })`],
    ['sandbox', `({ sandbox: isRelease })`],
    ['sandbox', `preferences['sandbox'] = !1`],
    ['contextIsolation', `({ contextIsolation: !true })`],
    ['contextIsolation', `({ contextIsolation: false as boolean })`],
    ['nodeIntegration', `({ 'nodeIntegration': !0 })`],
    ['nodeIntegration', `({ nodeIntegration: !!1 })`],
    ['webSecurity', `preferences.webSecurity = false`],
    ['rejectUnauthorized', `connect({ 'rejectUnauthorized': !1 })`],
    ['enableBlinkFeatures', `({ 'enableBlinkFeatures': 'X' })`],
    ['webPreferences missing', `new electron.BrowserWindow({ show: false })`],
    ['webPreferences missing', `new electron['BrowserWindow']({ show: false })`],
    ['BrowserView', `new electron['BrowserView']()`],
    ['executeJavaScript', `view.webContents['executeJavaScript']('1')`],
    ['executeJavaScript', 'view.webContents[`executeJavaScript`]("1")'],
    ['insertCSS', `view['webContents']['insertCSS'](text)`],
    ['insecure address', `window['loadURL']('http://example.org/')`],
    ['window allowed', `contents.setWindowOpenHandler(() => ({ 'action': 'allow' }))`],
    ['raw HTML', `element['innerHTML'] = text`],
    ['eval', `window['eval'](text)`],
    ['eval', 'setTimeout(`go(${it})`, 10)'],
    ['certificate accepted', `app['on']('certificate-error', (e, c, u, m, k, answer) => { answer(!0) })`],
    ['permission granted', `session['setPermissionRequestHandler']((c, p, answer) => { answer(!0) })`],
    ['permission granted', `session.setPermissionCheckHandler(() => { return true })`],
    ['permission granted', `session.setDevicePermissionHandler(() => !0)`],
    ['openExternal', `shell['openExternal'](url)`],
    ['openExternal', `const { openExternal } = shell`],
    ['openPath', `shell['openPath'](path)`],
    ['ipcRenderer handed out', `contextBridge['exposeInMainWorld']('api', { ...ipcRenderer })`],
    ['weakening switch', 'app.commandLine.appendSwitch(`disable-web-security`)'],
    ['Electron variable', `if (process['env']['ELECTRON_RUN_AS_NODE']) go()`],
    ['crash reporter', `electron['crashReporter'].start({ submitURL: '' })`]
  ])('%s also fires on: %s', (name, code) => {
    expect(found(electronRules, code)).toContain(name)
  })

  it('lets the safe forms pass', () => {
    const good = `
      new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } })
      contents.setWindowOpenHandler(() => ({ action: 'deny' }))
      app.on('certificate-error', (e, c, u, m, k, answer) => { answer(false) })
      session.setDevicePermissionHandler(() => false)
      setTimeout(go, 10)
      window.loadURL(page)
      port.postMessage(message)`
    expect(found(electronRules, good)).toEqual([])
  })

  /** All that is let pass, each for a reason: a style of ours that draws over the page (docs/adr/0098). */
  const excused = ['src/main/workspace/watermark.ts: insertCSS']

  // Lint holds the rest of src/ to the same rules; comments that would silence it do not count here.
  it('finds nothing in the program itself but what is excused', { timeout: 180_000 }, () => {
    const files = ['main', 'preload', 'renderer', 'ui'].flatMap((part) => sourceFiles(join('src', part)))
    expect(files.length).toBeGreaterThan(100)
    const findings = files.flatMap((file) =>
      found(electronRules, readFileSync(file, 'utf8'), file).map((name) => `${file}: ${name}`)
    )
    expect(findings).toEqual(excused)
  })
})

describe('A6: what must be there', () => {
  const main = sourceFiles('src/main').map((file) => [file, readFileSync(file, 'utf8')] as const)

  it.each(requiredGuards)('$name is in main, and is missed without it', (guard) => {
    const { name } = guard
    const saying = main.filter(([, code]) => code.includes(name))
    expect(saying.flatMap(([file, code]) => found([guard], code, file))).toContain(name)
    const without = saying.map(([file, code]) => [file, code.replaceAll(name, 'gone')] as const)
    expect(without.flatMap(([file, code]) => found([guard], code, file))).toEqual([])
  })
})

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(spec|itest)\.tsx?$/.test(name))
    .map((name) => join(folder, name))
}
