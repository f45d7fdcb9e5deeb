/** Forbidden shapes, each with its reason. Used by eslint.config.js and proved by eslint/rules.spec.ts. */

export const everywhere = [
  {
    selector: 'CatchClause > BlockStatement[body.length=0]',
    message: 'An empty catch loses the error: handle it, return it, or say why not with a statement.'
  },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: the name is the concept.' }
]

export const platform = [
  {
    selector: "MemberExpression[object.name='process'][property.name='platform']",
    message: 'Only src/device/choose.ts reads process.platform.'
  }
]

export const pureCore = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'core takes time as an argument.'
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'core takes time as an argument.'
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'core takes chance as an argument.'
  },
  {
    selector: "MemberExpression[object.name='performance'][property.name='now']",
    message: 'core takes time as an argument.'
  }
]

const preference = (name, value, message) => ({
  selector: `Property[key.name='${name}'][value.value=${value}]`,
  message
})

export const electron = [
  preference('nodeIntegration', true, 'No page gets Node.'),
  preference('nodeIntegrationInWorker', true, 'No worker gets Node.'),
  preference('nodeIntegrationInSubFrames', true, 'No frame gets Node.'),
  preference('contextIsolation', false, 'Context isolation stays on.'),
  preference('sandbox', false, 'The sandbox stays on.'),
  preference('webSecurity', false, 'Web security stays on.'),
  preference('allowRunningInsecureContent', true, 'Insecure content is never run.'),
  preference('experimentalFeatures', true, 'Experimental features stay off.'),
  preference('webviewTag', true, 'There is no webview: use WebContentsView.'),
  { selector: "Property[key.name='enableBlinkFeatures']", message: 'Blink features stay as they are.' },
  {
    selector: "MemberExpression[object.name='shell'][property.name='openExternal']",
    message: 'Nothing is opened outside the desk.'
  },
  {
    selector: "CallExpression[callee.property.name='executeJavaScript']",
    message: 'No script is injected into pages.'
  },
  { selector: "Literal[value='no-sandbox']", message: 'The sandbox stays on.' }
]
