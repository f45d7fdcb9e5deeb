import type { WebContents } from 'electron'
import { z } from 'zod'
import { PRINTING_REFUSED, printingScript } from './printing-script'

/** What a tab tells of its printing. */
export interface PrintingTold {
  /** A page of it tried to print. */
  readonly refused: () => void
  /** Its printing is not held any more, though it lives: nothing of it may go on. */
  readonly lost: (error: Error) => void
}

/** Printing in a tab, or in a frame of one, is not held. */
export class PrintingNotHeld extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`printing in a tab is not held: ${why}`, options)
    this.name = 'PrintingNotHeld'
  }
}

const attachedSchema = z.object({ sessionId: z.string().min(1) })

/**
 * Keeps a tab from printing for as long as it lives. Electron has no switch, no permission and no event for it, so
 * Chromium's own inspector runs a script in every document before the page does, also in the empty ones that a page makes
 * for itself; frames of other processes are held back until it is in place there. Resolves when it is; the first page of
 * the tab must not be loaded before.
 */
export async function refusePrinting(contents: WebContents, told: PrintingTold): Promise<void> {
  const inspector = contents.debugger
  // The inspector needs a renderer; what is loaded for it is not to be gone back to.
  await contents.loadURL('about:blank')
  contents.once('did-navigate', () => {
    contents.navigationHistory.clear()
  })
  inspector.attach('1.3')
  inspector.on('detach', (_event, reason) => {
    told.lost(new PrintingNotHeld(`the inspector was detached (${reason})`))
  })
  inspector.on('message', (_event, method, params: unknown) => {
    if (method !== 'Target.attachedToTarget') return
    holdFrame(params).catch((error: unknown) => {
      told.lost(new PrintingNotHeld('a frame was not reached', { cause: error }))
    })
  })
  contents.on('console-message', (details, ...more: readonly unknown[]) => {
    // Older runtimes hand over the message beside the event, newer ones in it.
    if (([details.message, more[1]] as readonly unknown[]).includes(PRINTING_REFUSED)) told.refused()
  })

  const hold = async (session?: string): Promise<void> => {
    await inspector.sendCommand('Page.enable', {}, session)
    await inspector.sendCommand(
      'Page.addScriptToEvaluateOnNewDocument',
      { source: printingScript, runImmediately: true },
      session
    )
    await inspector.sendCommand(
      'Target.setAutoAttach',
      {
        autoAttach: true,
        // A frame of another process waits until it is held.
        waitForDebuggerOnStart: true,
        flatten: true,
        // Only a document can print: workers are left alone.
        filter: [{ type: 'iframe' }, { exclude: true }]
      },
      session
    )
  }
  const holdFrame = async (params: unknown): Promise<void> => {
    const { sessionId } = attachedSchema.parse(params)
    try {
      await hold(sessionId)
      await inspector.sendCommand('Runtime.runIfWaitingForDebugger', {}, sessionId)
    } catch (error) {
      // A frame that went while it was being held has nothing left to print.
      if (!contents.isDestroyed() && !isGone(error)) throw error
    }
  }
  await hold()
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && /target closed|session with given id not found/i.test(error.message)
