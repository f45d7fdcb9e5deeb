import type { Keychain } from '../../src/main/courier/keys/keychain'

/** A keychain in memory that can be told to misbehave. */
export class MemoryKeychain implements Keychain {
  readonly secrets = new Map<string, string>()
  behaviour: 'works' | 'hangs' | 'fails' | 'forgets' = 'works'

  async get(account: string): Promise<string | null> {
    await this.misbehave()
    return this.secrets.get(account) ?? null
  }

  async set(account: string, secret: string): Promise<void> {
    await this.misbehave()
    if (this.behaviour !== 'forgets') this.secrets.set(account, secret)
  }

  private async misbehave(): Promise<void> {
    if (this.behaviour === 'hangs') await new Promise(() => undefined)
    if (this.behaviour === 'fails') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')
  }
}
