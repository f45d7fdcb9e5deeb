import { z } from 'zod'

const share = z.number().min(0).max(1)

/** A rectangle of the camera's picture in shares of it, from its upper left corner as the camera sees it, not mirrored. */
export const zoneSchema = z
  .strictObject({ x: share, y: share, width: share.gt(0), height: share.gt(0) })
  .refine(({ x, width }) => x + width <= 1.000_001, {
    error: 'it reaches beyond the right edge',
    path: ['width']
  })
  .refine(({ y, height }) => y + height <= 1.000_001, {
    error: 'it reaches beyond the lower edge',
    path: ['height']
  })
export type Zone = z.infer<typeof zoneSchema>

const sizeOf = ({ width, height }: Zone): number => width * height

/** Less than this could not hold who sits there, leaning and turning. */
const leastSeat = 0.1
/** So much of the picture at most is not looked at for people, in one place and in all. */
const mostIgnored = { each: 0.15, inAll: 0.25 } as const

const percent = (part: number): string => `${Math.round(part * 100)} %`

const seatSchema = zoneSchema.refine(
  (seat) => sizeOf(seat) >= leastSeat,
  `it has to take ${percent(leastSeat)} of the picture at least`
)

/**
 * What is drawn of one desk's room. Both fields are about people alone: phones, books and screens are looked for
 * everywhere. See docs/adr/0033 for what needs no drawing.
 */
export const roomSchema = z.strictObject({
  /**
   * Where the one who works sits. Somebody whose middle lies elsewhere is not taken for them: the desk hides for
   * `nobody` also while a poster, a reflection or another person is in view.
   */
  seat: seatSchema.optional(),
  /** Where mirrors, screens and pictures show people who are none. Who lies wholly within one is not counted. */
  ignore: z
    .array(
      zoneSchema.refine(
        (zone) => sizeOf(zone) <= mostIgnored.each,
        `it may take ${percent(mostIgnored.each)} of the picture at most`
      )
    )
    .max(4)
    .refine(
      (zones) => zones.reduce((sum, zone) => sum + sizeOf(zone), 0) <= mostIgnored.inAll,
      `together they may take ${percent(mostIgnored.inAll)} of the picture at most`
    )
    .optional()
})
export type Room = z.infer<typeof roomSchema>

/** One person's own: what it leaves out stays as it is for everybody. `seat: null` takes the common seat away. */
export const ownRoomSchema = roomSchema.extend({ seat: seatSchema.nullable().optional() })

/** The room of somebody; undefined when nothing is drawn of it. */
export function roomFor(
  common: Room | undefined,
  own: z.infer<typeof ownRoomSchema> | undefined
): Room | undefined {
  if (common === undefined && own === undefined) return undefined
  const { seat, ignore } = { ...common, ...own }
  return {
    ...(seat === undefined || seat === null ? {} : { seat }),
    ...(ignore === undefined ? {} : { ignore })
  }
}
