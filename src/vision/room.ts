import type { Room } from '../core/policy/room'
import type { Box, Detection } from './detector'
import { areaOf, clipped, sharedArea } from './overlap'

/** So much of somebody has to lie in a zone that is not looked at: who steps before a mirror counts. */
const wholly = 0.9

const inside = (box: Box, zone: Box): boolean => {
  const shown = clipped(box)
  const area = areaOf(shown)
  return area > 0 && sharedArea(shown, zone) >= area * wholly
}

/** Whether what is seen of somebody lies wholly where the policy says that mirrors, screens and pictures are. */
export const isIgnored = ({ box }: Detection, { ignore = [] }: Room): boolean =>
  ignore.some((zone) => inside(box, zone))

/** Whether somebody's middle lies where the one who works sits. Without a seat, everybody may be the one. */
export const isAtSeat = ({ box }: Detection, { seat }: Room): boolean => {
  if (seat === undefined) return true
  const { x, y, width, height } = clipped(box)
  const [middle, centre] = [x + width / 2, y + height / 2]
  return (
    middle >= seat.x && middle <= seat.x + seat.width && centre >= seat.y && centre <= seat.y + seat.height
  )
}
