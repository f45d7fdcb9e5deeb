import { defaultRules } from '../../src/core/policy/defaults'
import type { Policy } from '../../src/core/policy/policy'

/** A whole policy with the default rules and nothing optional, but for `change`. */
export const demoPolicy = (change: Partial<Policy> = {}): Policy => ({
  schema: 2,
  organisation: 'Demo Care',
  version: 1,
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2027-01-01T00:00:00Z',
  sensor: { maxGapMs: 3000 },
  rules: defaultRules,
  workspace: { applications: [{ id: 'records', title: 'Records', url: 'https://records.example/' }] },
  hubGraceMs: 0,
  ...change
})
