import { parseArgs, type ParseArgsConfig } from 'node:util'

/** Ends the program over a wrong command line: what is wrong, how it is written, exit code 2. */
export const refuse = (usage: string, wrong: string): never => {
  console.error(`${wrong}\n\n${usage}`)
  process.exit(2)
}

/** Reads the options that this program takes. `--help` prints the usage; anything unknown is refused with it. */
export const readCommandLine = <O extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: O
) => {
  if (process.argv.slice(2).includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (cause) {
    return refuse(usage, cause instanceof Error ? cause.message : String(cause))
  }
}

/** A number written after `--name`, between `least` and `most`; anything else is refused. */
export const numberIn = (
  usage: string,
  name: string,
  text: string,
  [least, most]: readonly [number, number]
): number => {
  const value = Number(text)
  if (text.trim() === '' || !(value >= least && value <= most))
    return refuse(usage, `--${name} takes a number from ${String(least)} to ${String(most)}, not "${text}".`)
  return value
}
