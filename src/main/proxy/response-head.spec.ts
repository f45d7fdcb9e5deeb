import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ResponseHead } from './response-head'

/** What comes out for bytes that arrive in parts. */
function read(text: string, cuts: readonly number[] = []): string {
  const bytes = Buffer.from(text, 'latin1')
  const head = new ResponseHead()
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (let part = 1; part < at.length; part += 1) {
    const out = head.take(bytes.subarray(at[part - 1], at[part]))
    if (out === 'wrong') return out
    if (out !== 'more') return out.toString('latin1') + bytes.toString('latin1', at[part])
  }
  return 'more'
}

const ok = 'HTTP/1.1 200 OK\r\n'

it.each([
  [`${ok}\r\nbody`, `${ok}Connection: close\r\n\r\nbody`],
  [
    `${ok}Content-Length: 4\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\n\r\nbody`,
    `${ok}Content-Length: 4\r\nConnection: close\r\n\r\nbody`
  ],
  [
    `${ok}Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n0\r\n\r\n`,
    `${ok}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n`
  ],
  [
    `HTTP/1.0 407 \r\nProxy-Authenticate: Basic\r\nset-cookie: a=\u00e4\r\nset-cookie: b\r\n\r\n`,
    `HTTP/1.0 407 \r\nset-cookie: a=\u00e4\r\nset-cookie: b\r\nConnection: close\r\n\r\n`
  ],
  [
    `HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${ok}\r\n`,
    `${ok}Connection: close\r\n\r\n`
  ],
  [`HTTP/1.1 204\r\nX:\r\nY: \t\r\n\r\n`, `HTTP/1.1 204\r\nX: \r\nY: \r\nConnection: close\r\n\r\n`]
])('passes on %j as %j, however it is cut', (text, wanted) => {
  fc.assert(fc.property(fc.array(fc.nat(400), { maxLength: 6 }), (cuts) => read(text, cuts) === wanted))
})

it.each([
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n',
  'HTTP/2 200 OK\r\n\r\n',
  'HTTP/1.1 999 OK\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'ICY 200 OK\r\n\r\n',
  `${ok}X : y\r\n\r\n`,
  `${ok}X: y\r\n folded\r\n\r\n`,
  `${ok}X: y\nZ: w\r\n\r\n`,
  `${ok}X: y\rZ\r\n\r\n`,
  `${ok}X: y\u0000\r\n\r\n`,
  `${ok}: y\r\n\r\n`,
  `${ok}no colon\r\n\r\n`,
  `${ok}X: ${'y'.repeat(70_000)}`,
  `${ok}X: ${'y'.repeat(70_000)}\r\n\r\n`
])('takes %j for wrong', (text) => {
  expect(read(text)).toBe('wrong')
  expect(read(text, [1, 9, 30])).toBe('wrong')
})

it('never lets through a head with a line that it did not read', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('\r', '\n', ':', ' ', 'a', '\t', '\u0000'), maxLength: 30 }),
      (odd) => {
        const out = read(`${ok}${odd}\r\n\r\n`)
        if (out === 'wrong' || out === 'more') return true
        const head = out.slice(0, out.indexOf('\r\n\r\n'))
        return head
          .split('\r\n')
          .slice(1)
          .every((line) => /^[!-9;-~]+: ?[\t -~]*$/.test(line))
      }
    ),
    { numRuns: 2000 }
  )
})
