import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { tryWrongDocuments } from '../../test/policy/wrong-documents'
import { tryMutants } from '../../test/trust/try-mutants'

/**
 * Offers changed policy documents to a desk and says which were taken; with `--documents` such whose signature counts and
 * whose contents are wrong. Ends with 1 when a wrong one was taken.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    documents: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' }
  }
})
if (values.documents) {
  const { tried, refused, taken, wrong } = tryWrongDocuments(
    Number(values.cases ?? 100_000),
    Number(values.seed)
  )
  console.log(
    `${tried} signed documents: ${refused} refused, ${taken} in force whole, ${wrong.length} wrongly.`
  )
  for (const one of wrong.slice(0, 10)) console.log(one)
  process.exit(wrong.length === 0 ? 0 : 1)
}
const report = tryMutants(Number(values.cases ?? 1_000_000), Number(values.seed))
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
