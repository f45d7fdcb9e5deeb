import type { WindowKind } from '../../contract/ipc/schema'

/** What the registry needs of Electron's webContents. */
export interface Contents {
  readonly id: number
  isDestroyed(): boolean
  once(event: 'destroyed', listener: () => void): unknown
}

/** The windows that we made ourselves. Nothing else may speak to main. */
export class WindowRegistry<C extends Contents> {
  readonly #known = new Map<number, { readonly kind: WindowKind; readonly contents: C }>()

  /** Trusts this window as one of `kind` until it is destroyed. */
  add(kind: WindowKind, contents: C): void {
    const { id } = contents
    this.#known.set(id, { kind, contents })
    contents.once('destroyed', () => this.#known.delete(id))
  }

  /** The kind of a window that we made; `undefined` for any other. */
  kindOf(contentsId: number): WindowKind | undefined {
    return this.#known.get(contentsId)?.kind
  }

  /** Every living window of a kind. */
  all(kind: WindowKind): readonly C[] {
    return [...this.#known.values()]
      .filter((entry) => entry.kind === kind && !entry.contents.isDestroyed())
      .map((entry) => entry.contents)
  }
}
