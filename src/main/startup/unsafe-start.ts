/** Variables that load code, change what is trusted, write keys or move the program's parts. */
const unsafeVariables = [
  /^LD_(PRELOAD|AUDIT|LIBRARY_PATH)$/,
  /^DYLD_/,
  /^NODE_(OPTIONS|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|PATH)$/,
  /^ELECTRON_/,
  /^SSLKEYLOGFILE$/,
  /^(GTK|GIO)_(MODULES|EXTRA_MODULES)$/
]

/**
 * Names what a release build was started with and must not be: every switch (a recorded camera, a debugger, another
 * proxy all come as one), and the variables above. Names only, since values may hold secrets. Empty when all is well.
 */
export function unsafeStart(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>
): readonly string[] {
  const switches = argv
    .slice(1)
    .filter((argument) => argument.startsWith('-'))
    .map((argument) => argument.split('=', 1)[0] ?? '-')
  const variables = Object.keys(environment).filter(
    (name) => environment[name] !== '' && unsafeVariables.some((pattern) => pattern.test(name))
  )
  return [...switches, ...variables].map((name) => name.slice(0, 60)).slice(0, 20)
}
