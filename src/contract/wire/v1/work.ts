import { z } from 'zod'
import { callStateSchema } from '../../../core/integration/call'
import { certificationSchema, requirementSchema } from '../../../core/integration/certification'

const instant = z.iso.datetime()

/** What other systems told of the person at a desk, as its tile has it. What nobody told is null. */
export const tileWorkSchema = z.strictObject({
  call: z.strictObject({ state: callStateSchema, since: instant }).nullable(),
  /** The shift of now, or the next one. */
  shift: z.strictObject({ startsAt: instant, endsAt: instant }).nullable(),
  certifications: z.enum(['good', 'due', 'expired', 'missing']).nullable()
})
export type TileWork = z.infer<typeof tileWorkSchema>

/** GET /console/v1/workstations/:id/work: the same in full, of who is at this desk now. */
export const deskWorkSchema = z.strictObject({
  person: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  /** The newest day that was told of. */
  figures: z
    .strictObject({
      day: z.iso.date(),
      calls: z.number().int(),
      talkS: z.number().int(),
      holdS: z.number().int(),
      wrapUpS: z.number().int(),
      adherence: z.number().nullable()
    })
    .nullable(),
  /** Those of today and of the week after it. */
  shifts: z.array(z.strictObject({ startsAt: instant, endsAt: instant })),
  certifications: z.array(
    z.strictObject({
      ...certificationSchema.shape,
      standing: z.enum(['good', 'due', 'expired'])
    })
  ),
  /** What the policy asks for and is not there. */
  lacking: z.array(z.strictObject({ requirement: requirementSchema, why: z.enum(['missing', 'expired']) }))
})
export type DeskWork = z.infer<typeof deskWorkSchema>
