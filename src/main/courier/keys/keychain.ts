/** The OS keychain, as much of it as the courier needs: secrets by account name under one service name. */
export interface Keychain {
  /** The secret, or null when the keychain has none under this account. Rejects when the keychain cannot be used. */
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
}

/** Why the keychain could not serve; `detail` is for the refusal screen's technical line. */
export interface KeychainProblem {
  readonly kind: 'unusable' | 'unreadable' | 'missing'
  readonly detail: string
}
