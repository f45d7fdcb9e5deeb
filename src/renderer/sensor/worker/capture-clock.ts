/** How many frames the shortest way from camera to reader is looked for in. */
const memory = 300

/**
 * Puts a frame's own time stamp on our clock. Frames are stamped on the camera's clock, which starts anywhere;
 * the smallest lag ever seen between stamp and arrival is taken as no lag at all. A frame that lay in the buffer
 * while the one before was looked at is then as old as it really is.
 */
export const captureClock = (): ((stampMs: number, arrivedMs: number) => number) => {
  const lags: number[] = []
  return (stampMs, arrivedMs) => {
    lags.push(arrivedMs - stampMs)
    if (lags.length > memory) lags.shift()
    return stampMs + Math.min(...lags)
  }
}
