import { execFileSync } from 'node:child_process'

/** How many pixels of the whole screen are pure green, the colour that scenes give to protected pages. */
export function greenPixels(): number {
  const bytes = execFileSync('import', ['-silent', '-window', 'root', '-depth', '8', 'rgb:-'], {
    maxBuffer: 64 * 1024 * 1024
  })
  let count = 0
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    if (bytes[at]! < 40 && bytes[at + 1]! > 215 && bytes[at + 2]! < 40) count += 1
  }
  return count
}

/** A page that is green all over. */
export const greenPage = '<style>html{background:#00ff00}</style><h1>Sample Member 0042</h1>'
