import { describe, expect, it } from 'vitest'
import { contentPolicyOf } from './headers'

describe('A5 content policy', () => {
  it('lets only the sensor compile WebAssembly and start workers', () => {
    expect(contentPolicyOf('/sensor/index.html')).toContain(
      "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
    )
    for (const page of ['/shell/index.html', '/blank/index.html']) {
      expect(contentPolicyOf(page)).toContain("script-src 'self'; worker-src 'none'")
    }
  })

  it('never allows inline, eval, blob scripts or another origin', () => {
    for (const path of ['/shell/index.html', '/blank/index.html', '/sensor/index.html', '/assets/a.js']) {
      const policy = contentPolicyOf(path)
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/)
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).not.toContain('blob:')
    }
  })
})
