/** What the probe last said of the battery, on systems where Electron's own monitor is told nothing. */
export class BatteryReport {
  #onBattery: boolean | null = null
  #changed: () => void = () => undefined

  /** Null while nobody can tell. */
  get onBattery(): boolean | null {
    return this.#onBattery
  }

  heard(onBattery: boolean | null): void {
    if (onBattery === this.#onBattery) return
    this.#onBattery = onBattery
    this.#changed()
  }

  /** Calls back at every change from now on; one listener. Answers how to stop it. */
  listen(changed: () => void): () => void {
    this.#changed = changed
    return () => {
      this.#changed = () => undefined
    }
  }
}
