import { electronRules } from './electron.js'

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

export const electron = electronRules.map(({ selector, message }) => ({ selector, message }))
