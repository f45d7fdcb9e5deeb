import fc from 'fast-check'
import { expect, test } from 'vitest'
import { browserName } from './browser-name'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

test.each([
  [`${windows} ${chrome}`, 'Chrome · Windows'],
  [`${windows} ${chrome} Edg/140.0.0.0`, 'Edge · Windows'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${chrome}`, 'Chrome · Linux'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${chrome}`, 'Chrome · ChromeOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'Safari · macOS'
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
    'Chrome · iOS'
  ],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', '']
])('%s is %s', (sent, name) => {
  expect(browserName(sent)).toBe(name)
})

test('whatever is sent has a name, and none that is longer', () => {
  fc.assert(
    fc.property(fc.string(), (sent) => {
      expect(browserName(sent).length).toBeLessThanOrEqual(Math.max(sent.length, 20))
    })
  )
})
