/** Everything by which a page of the web prints, or gets at another realm's `print`; each is run in the page. */
export const waysToPrint: Readonly<Record<string, string>> = {
  'the function': `window.print()`,
  'the command of the editor': `document.execCommand('PRINT')`,
  'what is left when it is deleted': `delete window.print; window.print()`,
  'a frame of the site': `frame({ src: '/prints' })`,
  'a frame in a process of its own': `frame({ src: '/prints', sandbox: 'allow-scripts allow-modals' })`,
  'an embedded page': `add('object', { data: '/prints' })`,
  'a picture with a script': `frame({ src: '/picture.svg' })`,
  'a page in an attribute': `frame({ srcdoc: prints })`,
  'a page made of a blob': `frame({ src: URL.createObjectURL(new Blob([prints], { type: 'text/html' })) })`,
  'the address of a frame': `frame({ src: 'javascript:print()' })`,
  'the function of an empty frame': `frame({}).contentWindow.print.call(window)`,
  'the command of an empty frame': `frame({}).contentDocument.execCommand('print')`,
  'a page written into a frame': `{ const { contentDocument: page } = frame({}); page.open(); page.write(prints); page.close() }`,
  'a document without a window': `document.implementation.createHTMLDocument('').execCommand('print')`,
  'a language made to lie': `
    RegExp.prototype.test = () => false
    String.prototype.toLowerCase = () => 'copy'
    Function.prototype.call = Reflect.apply = () => undefined
    Array.prototype[Symbol.iterator] = function* () {}
    console.warn = () => undefined
    document.execCommand('print')`,
  'a name that is another the second time': `
    let asked = 0
    window.String = () => ({ toString: () => (asked++ ? 'print' : 'copy') })
    document.execCommand({ toString: () => (asked++ ? 'print' : 'copy') })
    document.execCommand('print')`,
  'the function of a frame that is gone': `{ const one = frame({}); const { print } = one.contentWindow; one.remove(); print(); window.print() }`,
  'a page that prints itself': `location.href = '/prints'`
}

/** What the ways above are written with. */
export const helpers = `
  const prints = '<script>print()<' + '/script>'
  const add = (name, properties) => {
    const element = Object.assign(document.createElement(name), properties)
    document.body.append(element)
    return element
  }
  const frame = (properties) => add('iframe', properties)
`
