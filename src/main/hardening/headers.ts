/** What every page and file of ours may do: load from its own origin, and nothing else. */
const base = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
]

/** Only the sensor compiles WebAssembly and starts workers, from files of its own origin. */
const sensorScripts = ["script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'"]
const pageScripts = ["script-src 'self'", "worker-src 'none'"]

/** The policy for one path under `app://desk`. Scripts shared by pages are held by the policy of their page. */
export function contentPolicyOf(path: string): string {
  const scripts = path.startsWith('/shell/') || path.startsWith('/blank/') ? pageScripts : sensorScripts
  return [...base, ...scripts].join('; ')
}

/** Headers of every answer under our own scheme. The cross-origin ones give the sensor shared memory for its threads. */
export function headersFor(path: string, type: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': contentPolicyOf(path),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store'
  }
}
