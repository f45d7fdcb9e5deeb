/** By what a page is given a file of the computer. Each runs in the page, as if a person had just clicked. */
export const waysToGive: Readonly<Record<string, string>> = {
  'a file field': `field(document).click()`,
  'a field that shows its picker': `field(document).showPicker()`,
  'a field of folders': `Object.assign(field(document), { webkitdirectory: true }).click()`,
  'a field in a frame': `{
    window.ready = false
    const one = frame({ src: '/', style: 'position: fixed; inset: 0' })
    one.onload = () => {
      one.contentDocument.onclick = () => field(one.contentDocument).click()
      window.ready = true
    }
  }`,
  'the picker of files': `showOpenFilePicker().then(([one]) => one.getFile()).then(got, () => undefined)`,
  'the picker of a frame': `frame({}).contentWindow.showOpenFilePicker().then(got, () => undefined)`,
  'the picker of folders': `showDirectoryPicker().then(got, () => undefined)`,
  'a place to drop': `drop(window)`,
  'a place to drop in a frame': `drop(frame({}).contentWindow)`,
  'a place to drop in a page that is written anew': `
    document.open(); document.write('<body>again</body>'); document.close(); drop(window)`,
  'a place to paste': `paste(window)`,
  'a language made to lie': `
    Array.prototype.includes = () => false
    Event.prototype.stopImmediatePropagation = Event.prototype.preventDefault = () => undefined
    Object.defineProperty(DataTransfer.prototype, 'types', { get: () => [] })
    EventTarget.prototype.addEventListener.call(window, 'drop', heard, { capture: true })
    drop(window)`
}

/** What the ways above are written with; `window.given` counts what the page was given; a click has to wait while `ready` is false. */
export const helpers = `
  window.given = 0
  const got = () => { window.given += 1 }
  const heard = (event) => { if ((event.dataTransfer ?? event.clipboardData).files.length > 0) got() }
  const frame = (properties) => document.body.appendChild(Object.assign(document.createElement('iframe'), properties))
  const field = (owner) => {
    const input = owner.createElement('input')
    input.type = 'file'
    input.onchange = got
    owner.body.append(input)
    return input
  }
  const transfer = () => {
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'letter.txt'))
    return data
  }
  const sent = (owner, event) => {
    owner.addEventListener(event.type, heard, { capture: true })
    owner.document.body.addEventListener(event.type, heard)
    owner.document.body.dispatchEvent(event)
  }
  const drop = (owner) =>
    sent(owner, new owner.DragEvent('drop', { bubbles: true, dataTransfer: transfer() }))
  const paste = (owner) =>
    sent(owner, new owner.ClipboardEvent('paste', { bubbles: true, clipboardData: transfer() }))
`
