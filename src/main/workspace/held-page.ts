import type { WebContents } from 'electron'
import { z } from 'zod'
import type { PageRules } from '../../core/policy/desktop'
import { PRINTING_REFUSED, printingScript } from './printing-script'
import { UPLOAD_REFUSED, uploadsScript } from './uploads-script'

/** What a tab tells of what its pages may not. */
export interface HeldTold {
  /** A page of it tried to print, or to be given a file. */
  readonly refused: (what: 'print' | 'upload') => void
  /** Its pages are not held any more, though it lives: nothing of it may go on. */
  readonly lost: (error: Error) => void
}

/** The pages of a tab, or of a frame of one, are not held to what they may. */
export class PageNotHeld extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(`the pages of a tab are not held to what they may: ${why}`, options)
    this.name = 'PageNotHeld'
  }
}

const attachedSchema = z.object({ sessionId: z.string().min(1) })

/** Whether the rules leave nothing to hold. */
const allowsAll = (rules: PageRules): boolean => Object.values(rules).every((rule) => rule === 'allow')

/**
 * Keeps a tab from printing, and from being given files, for as long as it lives. Electron has no switch, no permission
 * and no event for either, so Chromium's own inspector runs scripts in every document before the page does, also in the
 * empty ones that a page makes for itself, and stops the dialogs of file fields; frames of other processes are held back
 * until it is in place there. Resolves when it is; the first page of the tab must not be loaded before.
 */
export async function holdPages(contents: WebContents, rules: PageRules, told: HeldTold): Promise<void> {
  if (allowsAll(rules)) return
  const scripts = [
    ...(rules.printing === 'block' ? [printingScript] : []),
    ...(rules.uploads === 'block' ? [uploadsScript] : [])
  ]
  const inspector = contents.debugger
  // The inspector needs a renderer; what is loaded for it is not to be gone back to.
  await contents.loadURL('about:blank')
  contents.once('did-navigate', () => {
    contents.navigationHistory.clear()
  })
  inspector.attach('1.3')
  inspector.on('detach', (_event, reason) => {
    told.lost(new PageNotHeld(`the inspector was detached (${reason})`))
  })
  inspector.on('message', (_event, method, params: unknown) => {
    if (method === 'Page.fileChooserOpened') told.refused('upload')
    if (method !== 'Target.attachedToTarget') return
    holdFrame(params).catch((error: unknown) => {
      told.lost(new PageNotHeld('a frame was not reached', { cause: error }))
    })
  })
  contents.on('console-message', (details, ...more: readonly unknown[]) => {
    // Older runtimes hand over the message beside the event, newer ones in it.
    const said = [details.message, more[1]] as readonly unknown[]
    if (said.includes(PRINTING_REFUSED)) told.refused('print')
    if (said.includes(UPLOAD_REFUSED)) told.refused('upload')
  })

  const hold = async (session?: string): Promise<void> => {
    await inspector.sendCommand('Page.enable', {}, session)
    for (const source of scripts)
      await inspector.sendCommand(
        'Page.addScriptToEvaluateOnNewDocument',
        { source, runImmediately: true },
        session
      )
    if (rules.uploads === 'block')
      await inspector.sendCommand(
        'Page.setInterceptFileChooserDialog',
        { enabled: true, cancel: true },
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
      // A frame that went while it was being held has nothing left to do.
      if (!contents.isDestroyed() && !isGone(error)) throw error
    }
  }
  await hold()
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && /target closed|session with given id not found/i.test(error.message)
