/** What a page's console says where a file was kept from it, as `PRINTING_REFUSED` does of printing. */
export const UPLOAD_REFUSED = 'Havendesk: files may not be given to pages here.'

/**
 * Runs in every document of a tab before anything of the page does, and keeps files of the computer from it: dropped ones,
 * pasted ones, and those of the pickers that give a page a hold on the disk. The dialog of a file field is stopped by the
 * inspector itself. Its listeners stand before any of the page's: what they stop, nobody else hears of.
 */
export const uploadsScript = `(() => {
  if (Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker')?.configurable === false) return
  const warn = console.warn
  const { apply, defineProperty } = Reflect
  const listen = EventTarget.prototype.addEventListener
  const getterOf = (owner, name) => Object.getOwnPropertyDescriptor(owner.prototype, name).get
  const [dropped, pasted, types] = [
    getterOf(DragEvent, 'dataTransfer'),
    getterOf(ClipboardEvent, 'clipboardData'),
    getterOf(DataTransfer, 'types')
  ]
  const [prevent, stop] = [Event.prototype.preventDefault, Event.prototype.stopImmediatePropagation]
  const holdsFiles = (transfer) => {
    const names = transfer === null ? [] : apply(types, transfer, [])
    for (let at = 0; at < names.length; at += 1) if (names[at] === 'Files') return true
    return false
  }
  const refuse = () => { warn(${JSON.stringify(UPLOAD_REFUSED)}) }
  const keeping = (transferOf, isAsked) => (event) => {
    if (!holdsFiles(apply(transferOf, event, []))) return
    apply(prevent, event, [])
    apply(stop, event, [])
    if (isAsked) refuse()
  }
  const quiet = keeping(dropped, false)
  const [onDrop, onPaste] = [keeping(dropped, true), keeping(pasted, true)]
  const keep = () => {
    apply(listen, window, ['dragenter', quiet, true])
    apply(listen, window, ['dragover', quiet, true])
    apply(listen, window, ['drop', onDrop, true])
    apply(listen, window, ['paste', onPaste, true])
  }
  keep()
  // A page that is written anew loses every listener, ours too.
  for (const name of ['open', 'write', 'writeln']) {
    const own = Document.prototype[name]
    const value = function (...words) {
      const answer = apply(own, this, words)
      keep()
      return answer
    }
    if (!defineProperty(Document.prototype, name, { value, writable: false, configurable: false, enumerable: true }))
      window.stop()
  }
  for (const name of ['showOpenFilePicker', 'showDirectoryPicker', 'showSaveFilePicker']) {
    const value = () => {
      refuse()
      return Promise.reject(new DOMException('Files are not given to pages here.', 'NotAllowedError'))
    }
    if (!defineProperty(window, name, { value, writable: false, configurable: false, enumerable: true })) window.stop()
  }
})()`
