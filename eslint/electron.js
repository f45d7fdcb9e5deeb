/**
 * What code of an Electron program may not say: the findings of Electronegativity (Doyensec) and of Electron's security
 * checklist that can be read from the code, as selectors. Each `name` has a bad example in eslint/electron.spec.ts that
 * must fire, and nothing in src/ may.
 */
const preference = (name, value, message) => ({
  name,
  selector: `Property[key.name='${name}'][value.value=${value}]`,
  message
})
const call = (name, methods, message) => ({
  name,
  selector: `CallExpression[callee.property.name=/^(${methods})$/]`,
  message
})
/** A shape that has several forms. */
const anyOf = (...selectors) => selectors.join(', ')

const preferences = [
  preference('nodeIntegration', true, 'No page gets Node.'),
  preference('nodeIntegrationInWorker', true, 'No worker gets Node.'),
  preference('nodeIntegrationInSubFrames', true, 'No frame gets Node.'),
  preference('contextIsolation', false, 'Context isolation stays on.'),
  preference('sandbox', false, 'The sandbox stays on.'),
  preference('webSecurity', false, 'Web security stays on.'),
  preference('allowRunningInsecureContent', true, 'Insecure content is never run.'),
  preference('experimentalFeatures', true, 'Experimental features stay off.'),
  preference('plugins', true, 'There are no plugins.'),
  preference('navigateOnDragDrop', true, 'A dropped file is no address.'),
  preference('enableRemoteModule', true, 'Main is not reached from pages but by the schema.'),
  preference('webviewTag', true, 'There is no webview: use WebContentsView.'),
  {
    name: 'enableBlinkFeatures',
    selector: "Property[key.name='enableBlinkFeatures']",
    message: 'Blink features stay as they are.'
  },
  {
    name: 'webPreferences missing',
    selector:
      'NewExpression[callee.name=/^(BrowserWindow|WebContentsView)$/]' +
      ":not(:has(Property[key.name='webPreferences']))",
    message: 'A window says its preferences: Electron’s defaults change.'
  },
  {
    name: 'BrowserView',
    selector: "NewExpression[callee.name='BrowserView']",
    message: 'Use WebContentsView.'
  }
]

const pages = [
  {
    name: 'webview element',
    selector: anyOf("JSXOpeningElement[name.name='webview']", 'Literal[value=/<webview\\b/i]'),
    message: 'There is no webview: use WebContentsView.'
  },
  call('executeJavaScript', 'executeJavaScript(InIsolatedWorld)?', 'No script is injected into pages.'),
  call('insertCSS', 'insertCSS', 'No style is injected into pages: it can draw over what they show.'),
  {
    name: 'insecure address',
    selector: anyOf(
      "CallExpression[callee.property.name='loadURL'] > Literal[value=/^(http|file|data):/]",
      "CallExpression[callee.property.name='loadURL'] > TemplateLiteral[quasis.0.value.raw=/^(http|file|data):/]"
    ),
    message: 'Our pages come from our own scheme, others by https.'
  },
  call('loadFile', 'loadFile', 'Nothing is loaded from file:.'),
  {
    name: 'window allowed',
    selector: "Property[key.name='action'][value.value='allow']",
    message: 'No page opens a window.'
  },
  call(
    'developer tools',
    'openDevTools|inspectElement',
    'Developer tools are for the test flavour’s driver alone.'
  ),
  {
    name: 'raw HTML',
    selector: anyOf(
      "JSXAttribute[name.name='dangerouslySetInnerHTML']",
      'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
      "CallExpression[callee.property.name='insertAdjacentHTML']",
      "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]"
    ),
    message: 'Text is set as text.'
  },
  {
    name: 'eval',
    selector: anyOf(
      'CallExpression[callee.name=/^(eval|Function)$/]',
      "NewExpression[callee.name='Function']",
      "CallExpression[callee.name=/^set(Timeout|Interval)$/][arguments.0.type='Literal']",
      'ImportDeclaration[source.value=/^(node:)?vm$/]'
    ),
    message: 'Text is never run as a program.'
  },
  {
    name: 'postMessage to anybody',
    selector: "CallExpression[callee.property.name='postMessage'] > Literal[value='*']",
    message: 'A message has an origin to go to.'
  }
]

const network = [
  {
    name: 'certificate accepted',
    selector:
      "CallExpression[callee.property.name='on'][arguments.0.value='certificate-error'] " +
      'CallExpression[arguments.0.value=true]',
    message: 'A certificate that is not good is never accepted.'
  },
  call('certificate procedure', 'setCertificateVerifyProc', 'Certificates are judged by Chromium alone.'),
  preference('rejectUnauthorized', false, 'A certificate that is not good is never accepted.'),
  preference('bypassCSP', true, 'No scheme stands above the content policy.'),
  call(
    'old protocol',
    '(register|intercept)(File|Http|Buffer|String|Stream)Protocol',
    'Our scheme is served by protocol.handle, from a list.'
  ),
  call('protocol client', 'setAsDefaultProtocolClient', 'No link from outside starts the program.'),
  {
    name: 'permission granted',
    selector: anyOf(
      "CallExpression[callee.property.name='setPermissionRequestHandler'] CallExpression[arguments.0.value=true]",
      'CallExpression[callee.property.name=/^set(PermissionCheck|DevicePermission)Handler$/] > ' +
        'ArrowFunctionExpression[body.value=true]'
    ),
    message: 'A permission is granted by hardening/permissions.ts, which asks for whom.'
  },
  call(
    'display capture',
    'setDisplayMediaRequestHandler',
    'Nobody captures the screen: without a handler Electron denies.'
  )
]

const weakening = [
  'no-sandbox',
  'disable-setuid-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'ignore-certificate-errors',
  'allow-running-insecure-content',
  'allow-insecure-localhost',
  'unsafely-treat-insecure-origin-as-secure',
  'remote-debugging-(port|pipe)',
  'load-extension',
  'js-flags'
]

const program = [
  {
    name: 'openExternal',
    selector: "MemberExpression[property.name='openExternal']",
    message: 'Nothing is opened outside the desk.'
  },
  call('openPath', 'openPath|openItem|showItemInFolder', 'Nothing is opened outside the desk.'),
  {
    name: 'remote',
    selector: anyOf(
      "ImportDeclaration[source.value='@electron/remote']",
      "ImportDeclaration[source.value=/^electron/] > ImportSpecifier[imported.name='remote']",
      "MemberExpression[object.name='electron'][property.name='remote']"
    ),
    message: 'Main is not reached from pages but by the schema.'
  },
  {
    name: 'ipcMain past the schema',
    selector: "CallExpression[callee.object.name='ipcMain']",
    message: 'Calls are taken by main/ipc/serve.ts, which checks sender, form, size and rate.'
  },
  {
    name: 'ipcRenderer handed out',
    selector: anyOf(
      "CallExpression[callee.property.name='exposeInMainWorld'] Property[value.name='ipcRenderer']",
      "CallExpression[callee.property.name='exposeInMainWorld'] > Identifier[name='ipcRenderer']"
    ),
    message: 'A page gets named calls, never the channel.'
  },
  {
    name: 'weakening switch',
    selector: `Literal[value=/^-{0,2}(${weakening.join('|')})\\b/]`,
    message: 'No switch weakens the browser.'
  },
  {
    name: 'Electron variable',
    selector: anyOf(
      "MemberExpression[object.property.name='env'][property.value=/^ELECTRON_/]",
      "MemberExpression[object.property.name='env'][property.name=/^ELECTRON_/]"
    ),
    message: 'No variable of Electron’s changes what we do.'
  },
  {
    name: 'crash reporter',
    selector: "MemberExpression[object.name='crashReporter']",
    message: 'A crash leaves nothing: its dump would hold what the screen showed.'
  },
  call('safeStorage in clear', 'setUsePlainTextEncryption', 'Keys are never kept in clear.')
]

export const electronRules = [...preferences, ...pages, ...network, ...program]

const called = (name) => ({ name, selector: `CallExpression[callee.property.name='${name}']` })
const listened = (name) => ({
  name,
  selector: `CallExpression[callee.property.name='on'][arguments.0.value='${name}']`
})

/** What must be said somewhere in the code of main: its absence is a finding. `name` is what a finding is called. */
export const requiredGuards = [
  ...[
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'setWindowOpenHandler',
    'enableSandbox',
    'onBeforeRequest',
    'setWebRTCIPHandlingPolicy',
    'preventDumps'
  ].map(called),
  ...[
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
    'will-attach-webview',
    'certificate-error'
  ].map(listened),
  { name: 'Content-Security-Policy', selector: "Property[key.value='Content-Security-Policy']" }
]
