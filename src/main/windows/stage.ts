import type { BrowserWindow } from 'electron'
import type { Hands } from '../session/compliance-loop'
import type { Workspace } from '../workspace/workspace'
import type { Blanks } from './blanks'
import type { ClipboardGuard } from '../workspace/clipboard-guard'
import { CoverProof } from './cover-proof'
import { endGraphics } from './graphics'
import { bringForward } from './shell'

/**
 * The screen as the compliance loop handles it. Covering is two acts in one tick, each of which suffices: the
 * workspace becomes invisible, and the blanks are shown. A failure of one does not keep back the other.
 */
export class Stage implements Hands {
  readonly #fault: (error: unknown) => void
  #blanks: Blanks | null = null
  #workspace: Workspace | null = null
  #shell: BrowserWindow | null = null
  #clipboard: ClipboardGuard | null = null
  /** Whether a workspace was uncovered since the last cover. */
  #revealed = false
  readonly #proof: CoverProof

  constructor(fault: (error: unknown) => void) {
    this.#fault = fault
    this.#proof = new CoverProof({
      drawn: () => this.#blanks?.drawn() ?? Promise.reject(new Error('there are no blanks')),
      endGraphics,
      fault
    })
  }

  /** From the first moment the blanks are there they cover. */
  attachBlanks(blanks: Blanks): void {
    this.#blanks = blanks
    blanks.cover()
  }

  /**
   * The shell comes forward whenever the blanks are lifted: whatever took its place meanwhile,
   * or moved it, it is where it belongs and the keys go to it again.
   */
  attachWorkspace(workspace: Workspace, shell: BrowserWindow): void {
    this.#workspace = workspace
    this.#shell = shell
  }

  /** What is told of every change of the screen, after the change. */
  attachClipboard(clipboard: ClipboardGuard): void {
    this.#clipboard = clipboard
  }

  blank(): void {
    this.#try(() => this.#workspace?.hide())
    this.#try(() => this.#blanks?.cover())
    this.#try(() => this.#clipboard?.empty())
    if (this.#revealed) this.#try(() => this.#proof.begin())
    this.#revealed = false
  }

  reveal(): void {
    this.#revealed = true
    this.#proof.end()
    this.#workspace?.reveal()
    this.#blanks?.lift()
    this.#bringShell()
  }

  showSignIn(): void {
    this.#proof.end()
    this.#workspace?.close()
    this.#try(() => this.#clipboard?.empty())
    this.#blanks?.lift()
    this.#bringShell()
  }

  #bringShell(): void {
    if (this.#shell !== null) bringForward(this.#shell)
  }

  #try(act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#fault(error)
    }
  }
}
