import { z } from 'zod'

/** What somebody looks at on the page Reports. The same stands in its address. */
export const reportFilterSchema = z.discriminatedUnion('view', [
  z.strictObject({
    view: z.literal('alerts'),
    days: z.literal([1, 7, 30]),
    /** Null: every team that they see. */
    team: z.uuid().nullable()
  }),
  z.strictObject({
    view: z.literal('trend'),
    weeks: z.literal([4, 8, 12, 26]),
    /** Whose trend; null while nobody is chosen. */
    advocate: z.uuid().nullable()
  })
])
export type ReportFilter = z.infer<typeof reportFilterSchema>

const name = z.string().trim().min(1).max(60)

/** So many somebody may keep. */
export const MOST_FILTERS = 50

/** GET /console/v1/reports/filters: one's own, by name. POST …/:id/remove takes nothing. */
export const savedFilterListSchema = z.strictObject({
  filters: z.array(z.strictObject({ id: z.uuid(), name: z.string(), filter: reportFilterSchema }))
})
export type SavedFilterList = z.infer<typeof savedFilterListSchema>
export type SavedFilter = SavedFilterList['filters'][number]

/** POST /console/v1/reports/filters: refused as `conflict` under a name that one has, in whatever letters. */
export const newFilterSchema = z.strictObject({ name, filter: reportFilterSchema })
export type NewFilter = z.infer<typeof newFilterSchema>

/** POST /console/v1/reports/filters/:id/name */
export const filterNameSchema = z.strictObject({ name })
export type FilterName = z.infer<typeof filterNameSchema>
