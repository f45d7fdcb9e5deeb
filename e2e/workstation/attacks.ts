import { spawnSync } from 'node:child_process'
import type { DeskScene } from './app'

/** What xdotool prints; it is no matter whether what it was told could be done. */
export const xdotool = (...words: readonly string[]): string =>
  spawnSync('xdotool', words, { encoding: 'utf8', timeout: 5000 }).stdout

/** Windows of one kind, as the display knows them. */
export const windowsOf = ({ app }: DeskScene, kind: 'shell' | 'blank'): Promise<readonly string[]> =>
  app.evaluate(
    ({ BrowserWindow }, name) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.webContents.getURL().includes(`/${name}/`))
        .map((window) => String(window.getNativeWindowHandle().readUInt32LE(0))),
    kind
  )

/** What a person, or any program of the same display, can ask of a window and have undone. */
export const handling = (window: string): readonly (readonly string[])[] => [
  ['windowraise', window],
  ['windowactivate', window],
  ['windowfocus', window],
  ['windowmove', window, '2500', '600'],
  ['windowsize', window, '100', '100'],
  ['windowminimize', window],
  ['set_desktop_for_window', window, '2'],
  ['windowquit', window]
]

/** Keys of window managers, and other desktops. */
export const leaving: readonly (readonly string[])[] = [
  ...['alt+Tab', 'alt+Escape', 'alt+F4', 'super+d', 'ctrl+alt+Right', 'ctrl+alt+Left', 'Print'].map((key) => [
    'key',
    key
  ]),
  ['set_desktop', '1'],
  ['set_desktop', '0']
]

/** What only a program can do, and what the program that made the window does not expect. */
export const breaking = (window: string): readonly (readonly string[])[] => [
  ['windowunmap', window],
  ['windowclose', window]
]
