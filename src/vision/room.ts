import type { Room } from '../core/policy/room'
import type { Box, Detection } from './detector'
import { areaOf, clipped, sharedArea } from './overlap'
import { isSamePerson } from './people'

/** So much of somebody has to lie in a zone that is not looked at: who steps before a mirror counts. */
const wholly = 0.9

const inside = (box: Box, zone: Box): boolean => {
  const shown = clipped(box)
  const area = areaOf(shown)
  return area > 0 && sharedArea(shown, zone) >= area * wholly
}

/** Whether what is seen of somebody lies wholly where the policy says that mirrors, screens and pictures are. */
const isIgnored = ({ label, box }: Detection, { ignore = [] }: Room): boolean =>
  label === 'person' && ignore.some((zone) => inside(box, zone))

/**
 * What was found without the people whom the policy ignores. Before people are told apart: a reflection that is surer than
 * who stands before it would take their place.
 */
export const withoutIgnored = (found: readonly Detection[], room: Room): readonly Detection[] =>
  room.ignore === undefined ? found : found.filter((one) => !isIgnored(one, room))

const isMiddleIn = (box: Box, seat: Box): boolean => {
  const { x, y, width, height } = clipped(box)
  const [across, down] = [x + width / 2, y + height / 2]
  return across >= seat.x && across <= seat.x + seat.width && down >= seat.y && down <= seat.y + seat.height
}

/**
 * Whether somebody's middle lies where the one who works sits, and that of the largest of what was found of them: the arm
 * of a visitor reaches into the seat. Without a seat, everybody may be the one.
 */
export const isAtSeat = (person: Detection, found: readonly Detection[], { seat }: Room): boolean => {
  if (seat === undefined) return true
  const largest = found
    .filter(({ label, box }) => label === 'person' && isSamePerson(person.box, box))
    .reduce((most, one) => (areaOf(clipped(one.box)) > areaOf(clipped(most.box)) ? one : most), person)
  return isMiddleIn(person.box, seat) && isMiddleIn(largest.box, seat)
}
