import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { tryMutants } from '../../test/trust/try-mutants'

/** Offers changed policy documents to a desk and says which were taken. Ends with 1 when a wrong one was. */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' }
  }
})
const report = tryMutants(Number(values.cases), Number(values.seed))
for (const [kind, { tried, taken }] of Object.entries(report.byKind).sort())
  console.log(`${kind.padEnd(36)}${String(tried).padStart(9)} tried ${String(taken).padStart(7)} taken`)
console.log(
  `${report.tried} documents in ${report.seconds.toFixed(0)} s: ${report.exact} taken with the exact bytes that were signed, ${report.wrong.length} taken wrongly.`
)
for (const wrong of report.wrong.slice(0, 10)) console.log(wrong)
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ schema: 1, command: 'fuzz:policy', at: new Date().toISOString(), results: report }, null, 2)}\n`
  )
process.exit(report.wrong.length === 0 ? 0 : 1)
