import type { z } from 'zod'
import { garbled, type Sources } from '../contract/sources'

export const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'

/** How each of our scripts begins: it writes UTF-8, and ends with an error where there is one. */
export const UTF8 =
  '[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false; $ErrorActionPreference = "Stop"; '

/**
 * Runs one of our own scripts and reads the JSON that it writes. A script is a constant of the program: nothing from
 * outside is ever put into it. Enumerations are asked for as numbers, since their words follow the system's language.
 */
export async function powershell<Schema extends z.ZodType>(
  sources: Sources,
  script: string,
  schema: Schema
): Promise<z.output<Schema>> {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', UTF8 + script]
  const read = schema.safeParse(jsonOf(await sources.tool(POWERSHELL, args)))
  if (!read.success) throw garbled('powershell')
  return read.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw garbled('powershell')
  }
}

/** Writes a list as a list, also when it has one entry or none: ConvertTo-Json of Windows PowerShell 5.1 would not. */
export const asList = (pipeline: string): string =>
  `ConvertTo-Json -Compress -Depth 3 -InputObject @(${pipeline})`
