/** What a page's console says where printing was refused: from it main hears of it. A page that says so itself is told the same. */
export const PRINTING_REFUSED = 'Havendesk: printing is not allowed here.'

/**
 * Runs in every document of a tab before anything of the page does, and takes away both ways by which a page prints:
 * `window.print` and the command of the editor. The two cannot be put back, and nothing here is looked up again later: what
 * a page makes of the language's own functions does not matter. Every frame is a realm of its own and is met by itself.
 */
export const printingScript = `(() => {
  if (Object.getOwnPropertyDescriptor(window, 'print')?.configurable === false) return
  const warn = console.warn
  const { apply, defineProperty } = Reflect
  const lower = Function.prototype.call.bind(String.prototype.toLowerCase)
  const command = Document.prototype.execCommand
  const fix = (owner, name, value) =>
    defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true })
  const refuse = () => { warn(${JSON.stringify(PRINTING_REFUSED)}) }
  const isFixed = [
    fix(window, 'print', function print() { refuse() }),
    fix(Document.prototype, 'execCommand', function execCommand(id, dialog, value) {
      const name = \`\${id}\`
      if (lower(name) !== 'print') return apply(command, this, [name, dialog, value])
      refuse()
      return false
    })
  ]
  if (isFixed.includes(false)) window.stop()
})()`
