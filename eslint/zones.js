import { dirname, join, relative, sep } from 'node:path'
import { mayImport, zoneOf } from './zone-table.js'

/** Refuses an import that the import table of docs/architecture.md does not allow. */
export const zonesRule = {
  meta: {
    type: 'problem',
    docs: { description: 'folders import only what the import table allows' },
    schema: [
      {
        type: 'object',
        properties: { src: { type: 'string' } },
        required: ['src'],
        additionalProperties: false
      }
    ],
    messages: {
      folder: '{{from}} may not import {{to}} (see the import table in docs/architecture.md)',
      package: '{{from}} may not import the package {{to}}',
      member: '{{from}} may import only {{allowed}} from electron, not {{to}}',
      zone: '{{file}} belongs to no zone of the import table: add the folder there first'
    }
  },
  create(context) {
    const src = context.options[0].src
    const inSrc = relative(src, context.filename).split(sep).join('/')
    if (inSrc.startsWith('../')) return {}
    const zone = zoneOf(inSrc)
    const check = (node, specifier, names) => {
      if (zone === undefined) {
        context.report({ node, messageId: 'zone', data: { file: inSrc } })
        return
      }
      if (specifier.startsWith('.')) {
        const target = relative(src, join(dirname(context.filename), specifier))
          .split(sep)
          .join('/')
        const bare = target.replace(/\.(tsx?|js|json|css|html)(\?.*)?$/, '')
        if (!mayImport(zone, bare)) {
          context.report({ node, messageId: 'folder', data: { from: zone.name, to: bare } })
        }
        return
      }
      if (!zone.packages.some((pattern) => pattern.test(specifier))) {
        context.report({ node, messageId: 'package', data: { from: zone.name, to: specifier } })
        return
      }
      if (zone.electron && specifier.startsWith('electron')) {
        for (const name of names.filter((name) => !zone.electron.includes(name))) {
          const data = { from: zone.name, to: name, allowed: zone.electron.join(', ') }
          context.report({ node, messageId: 'member', data })
        }
      }
    }
    const named = (node) => (node.specifiers ?? []).map((s) => s.imported?.name ?? '*')
    return {
      ImportDeclaration: (node) => check(node, node.source.value, named(node)),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value, []),
      ExportAllDeclaration: (node) => check(node, node.source.value, ['*']),
      ImportExpression: (node) => {
        if (typeof node.source.value === 'string') check(node, node.source.value, ['*'])
      }
    }
  }
}
