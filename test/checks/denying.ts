import { applicationPolicySchema } from '../../src/core/application/policy'

/** A policy with something that each system's own enforcement can stop. */
export const denying = applicationPolicySchema.parse({
  response: 'close',
  known: [],
  rules: [
    { verdict: 'deny', path: '/opt/remote/**' },
    { verdict: 'deny', path: 'C:\\Remote\\**' },
    { verdict: 'deny', sha256: 'a'.repeat(64) },
    { verdict: 'allow', path: '/opt/remote/viewer' }
  ]
})
