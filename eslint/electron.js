/**
 * What code of an Electron program may not say: the findings of Electronegativity (Doyensec) and of Electron's security
 * checklist that can be read from the code, as selectors. Each `name` has a bad example in eslint/electron.spec.ts that
 * must fire, and nothing in src/ may.
 */
/** A shape that has several forms. */
const anyOf = (...selectors) => selectors.join(', ')
/** A name at a place of the tree, however it is written: `a.name`, `a['name']`, a[`name`], `{ 'name': … }`. */
const at = (place, names) =>
  `:matches([${place}.name=/^(${names})$/], [${place}.value=/^(${names})$/], ` +
  `[${place}.quasis.0.value.raw=/^(${names})$/])`
/** Only the safe word itself passes: what is computed, or said in another way, is not read by whoever reads the code. */
const preference = (name, safe, message) => ({
  name,
  selector: anyOf(
    `ObjectExpression > Property${at('key', name)}:not([value.value=${safe}])`,
    `AssignmentExpression${at('left.property', name)}:not([right.value=${safe}])`
  ),
  message
})
const call = (name, methods, message) => ({
  name,
  selector: `CallExpression${at('callee.property', methods)}`,
  message
})
/** A yes in any of its forms: `true`, `!0`, `!false`, `!!1`. */
const yes = (place) =>
  `:matches([${place}.value=true], ` +
  `[${place}.operator='!'][${place}.argument.value=0], [${place}.operator='!'][${place}.argument.value=false], ` +
  `[${place}.operator='!'][${place}.argument.operator='!'])`
/** A member of a member: `electron.name.method()`. */
const nested = (name) => `[callee.object.property.name='${name}'], [callee.object.property.value='${name}']`
const windows = '/^(BrowserWindow|WebContentsView)$/'

const preferences = [
  preference('nodeIntegration', false, 'No page gets Node.'),
  preference('nodeIntegrationInWorker', false, 'No worker gets Node.'),
  preference('nodeIntegrationInSubFrames', false, 'No frame gets Node.'),
  preference('contextIsolation', true, 'Context isolation stays on.'),
  preference('sandbox', true, 'The sandbox stays on.'),
  preference('webSecurity', true, 'Web security stays on.'),
  preference('allowRunningInsecureContent', false, 'Insecure content is never run.'),
  preference('experimentalFeatures', false, 'Experimental features stay off.'),
  preference('plugins', false, 'There are no plugins.'),
  preference('navigateOnDragDrop', false, 'A dropped file is no address.'),
  preference('enableRemoteModule', false, 'Main is not reached from pages but by the schema.'),
  preference('webviewTag', false, 'There is no webview: use WebContentsView.'),
  {
    name: 'enableBlinkFeatures',
    selector: `Property${at('key', 'enableBlinkFeatures')}`,
    message: 'Blink features stay as they are.'
  },
  {
    name: 'webPreferences missing',
    selector:
      `NewExpression:matches([callee.name=${windows}], [callee.property.name=${windows}], ` +
      `[callee.property.value=${windows}]):not(:has(Property${at('key', 'webPreferences')}))`,
    message: 'A window says its preferences: Electron’s defaults change.'
  },
  {
    name: 'BrowserView',
    selector: anyOf(
      "NewExpression[callee.name='BrowserView']",
      `NewExpression${at('callee.property', 'BrowserView')}`
    ),
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
      `CallExpression${at('callee.property', 'loadURL')} > Literal[value=/^(http|file|data):/]`,
      `CallExpression${at('callee.property', 'loadURL')} > TemplateLiteral[quasis.0.value.raw=/^(http|file|data):/]`
    ),
    message: 'Our pages come from our own scheme, others by https.'
  },
  call('loadFile', 'loadFile', 'Nothing is loaded from file:.'),
  {
    name: 'window allowed',
    selector: anyOf(
      `Property${at('key', 'action')}[value.value='allow']`,
      `Property${at('key', 'action')}[value.quasis.0.value.raw='allow']`
    ),
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
      `AssignmentExpression${at('left.property', '(inner|outer)HTML')}`,
      `CallExpression${at('callee.property', 'insertAdjacentHTML')}`,
      `CallExpression[callee.object.name='document']${at('callee.property', 'write(ln)?')}`
    ),
    message: 'Text is set as text.'
  },
  {
    name: 'eval',
    selector: anyOf(
      'CallExpression[callee.name=/^(eval|Function)$/]',
      `CallExpression[callee.object.name=/^(window|globalThis|self)$/]${at('callee.property', 'eval|Function')}`,
      "NewExpression[callee.name='Function']",
      `NewExpression[callee.object.name=/^(window|globalThis|self)$/]${at('callee.property', 'Function')}`,
      'CallExpression[callee.name=/^set(Timeout|Interval)$/][arguments.0.type=/^(Template)?Literal$/]',
      'ImportDeclaration[source.value=/^(node:)?vm$/]'
    ),
    message: 'Text is never run as a program.'
  },
  {
    name: 'postMessage to anybody',
    selector: `CallExpression${at('callee.property', 'postMessage')} > Literal[value='*']`,
    message: 'A message has an origin to go to.'
  }
]

const network = [
  {
    name: 'certificate accepted',
    selector:
      `CallExpression${at('callee.property', 'on|once|addListener')}[arguments.0.value='certificate-error'] ` +
      `CallExpression${yes('arguments.0')}`,
    message: 'A certificate that is not good is never accepted.'
  },
  call('certificate procedure', 'setCertificateVerifyProc', 'Certificates are judged by Chromium alone.'),
  preference('rejectUnauthorized', true, 'A certificate that is not good is never accepted.'),
  preference('bypassCSP', false, 'No scheme stands above the content policy.'),
  call(
    'old protocol',
    '(register|intercept)(File|Http|Buffer|String|Stream)Protocol',
    'Our scheme is served by protocol.handle, from a list.'
  ),
  call('protocol client', 'setAsDefaultProtocolClient', 'No link from outside starts the program.'),
  {
    name: 'permission granted',
    selector: anyOf(
      `CallExpression${at('callee.property', 'setPermissionRequestHandler')} CallExpression${yes('arguments.0')}`,
      `CallExpression${at('callee.property', 'set(PermissionCheck|DevicePermission)Handler')} > ` +
        `ArrowFunctionExpression${yes('body')}`,
      `CallExpression${at('callee.property', 'set(PermissionCheck|DevicePermission)Handler')} ` +
        `ReturnStatement${yes('argument')}`
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
    selector: anyOf(
      `MemberExpression${at('property', 'openExternal')}`,
      `ObjectPattern > Property${at('key', 'openExternal')}`
    ),
    message: 'Nothing is opened outside the desk.'
  },
  call('openPath', 'openPath|openItem|showItemInFolder', 'Nothing is opened outside the desk.'),
  {
    name: 'remote',
    selector: anyOf(
      "ImportDeclaration[source.value='@electron/remote']",
      "ImportDeclaration[source.value=/^electron/] > ImportSpecifier[imported.name='remote']",
      `MemberExpression[object.name='electron']${at('property', 'remote')}`
    ),
    message: 'Main is not reached from pages but by the schema.'
  },
  {
    name: 'ipcMain past the schema',
    selector: `CallExpression:matches([callee.object.name='ipcMain'], ${nested('ipcMain')})`,
    message: 'Calls are taken by main/ipc/serve.ts, which checks sender, form, size and rate.'
  },
  {
    name: 'ipcRenderer handed out',
    selector: anyOf(
      `CallExpression${at('callee.property', 'exposeInMainWorld')} Property[value.name='ipcRenderer']`,
      `CallExpression${at('callee.property', 'exposeInMainWorld')} SpreadElement[argument.name='ipcRenderer']`,
      `CallExpression${at('callee.property', 'exposeInMainWorld')} > Identifier[name='ipcRenderer']`
    ),
    message: 'A page gets named calls, never the channel.'
  },
  {
    name: 'weakening switch',
    selector: anyOf(
      `Literal[value=/^-{0,2}(${weakening.join('|')})\\b/]`,
      `TemplateElement[value.raw=/^-{0,2}(${weakening.join('|')})\\b/]`
    ),
    message: 'No switch weakens the browser.'
  },
  {
    name: 'Electron variable',
    selector: anyOf(`MemberExpression${at('object.property', 'env')}${at('property', 'ELECTRON_\\w+')}`),
    message: 'No variable of Electron’s changes what we do.'
  },
  {
    name: 'crash reporter',
    selector: `MemberExpression:matches([object.name='crashReporter'], [property.name='crashReporter'], [property.value='crashReporter'])`,
    message: 'A crash leaves nothing: its dump would hold what the screen showed.'
  },
  call('safeStorage in clear', 'setUsePlainTextEncryption', 'Keys are never kept in clear.')
]

export const electronRules = [...preferences, ...pages, ...network, ...program]

// What must be there is said in the plainest form: whoever reads the code finds it.
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
