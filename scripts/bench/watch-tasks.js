/* Runs in the page before anything else: the browser's own long tasks, and how long each picture took. */
const watched = { longTasks: [], frames: [] }
window.havendeskWatched = watched
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) watched.longTasks.push(duration)
}).observe({ type: 'longtask' })
let last = performance.now()
function frame(now) {
  watched.frames.push(now - last)
  last = now
  requestAnimationFrame(frame)
}
requestAnimationFrame(frame)
