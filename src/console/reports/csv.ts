import type { AlertReport } from '../../contract/wire/v1/review'

const columns = [
  'rule',
  'raised',
  'acknowledged',
  'agreed',
  'falseAlarms',
  'falseAlarmShare',
  'acknowledgeP50S',
  'acknowledgeP95S',
  'escalated'
] as const satisfies readonly (keyof AlertReport['byRule'][number])[]

/** A report as a table for a spreadsheet (RFC 4180): rules by their codes, numbers with a point, empty where unknown. */
export const csvOf = (report: AlertReport): string =>
  [columns.join(','), ...report.byRule.map((row) => columns.map((column) => row[column] ?? '').join(','))]
    .map((line) => `${line}\r\n`)
    .join('')
