/** Milliseconds of a monotonic clock of one process. Only differences mean anything. */
export type MonotonicMs = number

/** An ISO 8601 instant in UTC from the wall clock: a label for people. Only what expires by IT's word
 * is judged by it, through `SeenTime`. */
export type WallClock = string
