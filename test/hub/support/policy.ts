import { readFileSync } from 'node:fs'
import type { Policy } from '../../../src/core/policy/policy'
import { readPolicy } from '../../../src/provision/policy/author'

/** The demonstration's policy for an organisation of a test. */
export function demoPolicy(organisation: string, version: number): Policy {
  const policy = readPolicy(readFileSync('scripts/demo/demo-policy.yaml', 'utf8'), {
    organisation,
    version,
    issuedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2036-01-01T00:00:00.000Z',
    workspace: { applications: [{ id: 'members', title: 'Member records', url: 'http://127.0.0.1:4000/' }] }
  })
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  return policy.value
}
