import { spawnSync } from 'node:child_process'

/** What xdotool prints; it is no matter whether what it was told could be done. */
export const xdotool = (...words: readonly string[]): string =>
  spawnSync('xdotool', words, { encoding: 'utf8', timeout: 5000 }).stdout

/** Every window of this program that the display knows, shown or not. */
export const ownWindows = (): readonly string[] =>
  xdotool('search', '--name', '^Havendesk$')
    .split('\n')
    .filter((id) => id !== '')

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
