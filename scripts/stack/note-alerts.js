// Runs in the console's page before anything else. The first animation frame after an alert's card came into the
// document counts as the moment at which it was shown; instants are the machine's wall clock in milliseconds.
{
  const shown = (window.havendeskShown = [])
  const known = new Set()
  const note = () => {
    for (const card of document.querySelectorAll('[data-testid="alert-card"]')) {
      const { alertId, rule } = card.dataset
      if (known.has(alertId)) continue
      known.add(alertId)
      requestAnimationFrame(() => {
        shown.push({ id: alertId, rule, at: performance.timeOrigin + performance.now() })
      })
    }
  }
  new MutationObserver(note).observe(document, { childList: true, subtree: true })
}
