import type { Observation } from './observation'

/**
 * The observation as an answer to what the policy asks: where it draws a seat, people who were counted without a word
 * about the seat are no answer. So it is between a new policy and the sensor's first look under it.
 */
export const asAsked = (observation: Observation, hasSeat: boolean): Observation =>
  hasSeat && observation.people.state === 'counted' && observation.people.atSeat === undefined
    ? { ...observation, people: { state: 'unknown', reason: 'not-asked' } }
    : observation
