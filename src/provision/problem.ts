/** Something asked of the command line that cannot be done; the message says why and what to do. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError'
}
