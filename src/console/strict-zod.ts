import { z } from 'zod'

// Comes before every schema: validators that compile themselves would need 'unsafe-eval' in the content security policy.
z.config({ jitless: true })
