import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { drawClip } from '../scene/draw'
import type { Children } from '../stack/children'
import type { Floor } from '../stack/floor'

/** What both ways of showing the demonstration start from. */
export interface Stage {
  readonly floor: Floor
  readonly children: Children
  /** Data folder of the real workstation. */
  readonly data: string
}

/** The recorded scene, for machines without a camera; drawn once. */
export const recordedScene = (): Promise<string> =>
  drawClip({ out: resolve('.runtime/scene'), scene: 'demo' })

/** On Linux a camera is a device file; elsewhere one is assumed, and the workstation says when there is none. */
export function hasCamera(): boolean {
  if (process.platform !== 'linux') return true
  return readdirSync('/dev').some((name) => /^video\d+$/.test(name))
}
