/* global document, location, DOMParser, Element, HTMLElement, HTMLFormElement, HTMLAnchorElement */
// Keeps what was typed elsewhere on the page: a form or link with data-section renews only its own section.
// Without this script every form still works, by loading the page again.

/**
 * @param {string} section
 * @param {string} url
 * @param {RequestInit} options
 */
async function renew(section, url, options) {
  const old = document.getElementById(section)
  if (!old) return
  old.setAttribute('aria-busy', 'true')
  const response = await fetch(url, { ...options, headers: { 'x-section': section } })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  const parsed = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = parsed.getElementById(section)
  if (!fresh) throw new Error('the answer had no such section')
  old.replaceWith(fresh)
  const title = fresh.querySelector('h2')
  if (title instanceof HTMLElement) title.focus({ preventScroll: true })
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset['section'] === undefined) return
  event.preventDefault()
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
  const asked =
    form.method === 'get'
      ? renew(form.dataset['section'], `${form.action}?${fields}`, {})
      : renew(form.dataset['section'], form.action, { method: 'POST', body: fields })
  asked.catch(() => form.submit())
})

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-section]') : null
  if (!(link instanceof HTMLAnchorElement) || link.dataset['section'] === undefined) return
  event.preventDefault()
  renew(link.dataset['section'], link.href, {}).catch(() => location.assign(link.href))
})
