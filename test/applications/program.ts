import type { Program } from '../../src/core/application/program'

/** An ordinary program that runs, but for what a test says. */
export const program = (facts: Partial<Program> = {}): Program => ({
  key: '7:100',
  pid: 7,
  path: '/usr/bin/sleep',
  names: ['sleep'],
  sha256: 'a'.repeat(64),
  originalName: null,
  signer: null,
  installed: true,
  gone: null,
  own: false,
  closable: true,
  ...facts
})
