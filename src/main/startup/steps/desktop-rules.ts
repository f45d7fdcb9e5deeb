import { clipboard, type BrowserWindow } from 'electron'
import { operatingSystem } from '../../../device/choose'
import type { Desk } from '../../session/desk'
import { ClipboardGuard } from '../../workspace/clipboard-guard'
import type { Step } from '../sequence'

/** What the policy says of clipboard and screenshots, held against the desk whenever something changed. */
export interface DesktopRules {
  readonly guard: ClipboardGuard
  readonly settle: () => void
}

export const desktopRules = (
  desk: Pick<Desk, 'facts' | 'state' | 'update'>,
  shell: BrowserWindow
): Step<DesktopRules> => ({
  name: 'clipboard and screenshots',
  perform: () => {
    const guard = new ClipboardGuard(() => {
      clipboard.clear()
      // X11 keeps what is merely marked in a second one, for the middle button.
      if (operatingSystem === 'linux') clearMarked()
    })
    shell.on('blur', () => {
      guard.empty()
    })
    let isProtected = false
    const settle = (): void => {
      const rules = desk.state.person === null ? undefined : desk.facts.policy?.desktop
      guard.set(rules?.clipboard ?? 'allow')
      const wanted = rules?.contentProtection !== undefined
      if (wanted === isProtected) return
      isProtected = wanted
      shell.setContentProtection(wanted)
      // Electron does nothing on Linux, and says nothing of it.
      const isAble = operatingSystem === 'win32' || operatingSystem === 'darwin'
      desk.update({ contentProtection: wanted && isAble ? 'asked' : 'unsupported' })
    }
    return { guard, settle }
  },
  revert: (rules) => {
    rules?.guard.stop()
  }
})

/** Runtimes in which the second clipboard has no object of its own take its name. */
function clearMarked(): void {
  const { selection } = clipboard as { readonly selection?: Pick<typeof clipboard, 'clear'> }
  if (selection !== undefined) selection.clear()
  else (clipboard as unknown as { clear(which: 'selection'): void }).clear('selection')
}
