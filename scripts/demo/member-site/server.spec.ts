import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findFact } from './coverage'
import { startMemberSite, type MemberSite } from './server'

let site: MemberSite
beforeEach(async () => {
  site = await startMemberSite(0, () => new Date('2026-11-21T15:00:00Z'))
})
afterEach(() => site.close())

const get = async (path: string): Promise<string> => (await fetch(site.origin + path)).text()
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(site.origin + path, { method: 'POST', body: new URLSearchParams(fields), headers })

describe('the member-record site of the demonstration', () => {
  it('answers whether test strips are covered, with the limits', async () => {
    const page = await get('/members/0042?question=Are+test+strips+covered%3F')
    expect(page).toContain('Sample Member 0042')
    expect(page).toContain('100 strips every 90 days')
  })

  it('finds every fact by its own question, and nothing for a question it does not know', () => {
    expect(findFact('do they pay for my strips')?.id).toBe('test-strips')
    expect(findFact('zebra')).toBeNull()
  })

  it('books the second foot exam once, shows a confirmation number, and takes the booking back', async () => {
    const slot = /name="slot"\s+value="([^"]+)"/.exec(await get('/members/0042'))?.[1] ?? ''
    const booked = await (await post('/members/0042/booking', { slot, ride: 'yes' })).text()
    expect(booked).toMatch(/Confirmation number <strong class="number">FX-\d{5}/)
    expect(booked).toContain('1 used, 1 booked')
    expect(await (await post('/members/0042/booking', { slot })).text()).toContain('booked already')
    expect(await (await post('/members/0042/booking/cancel', {})).text()).toContain('1 of 2 used')
  })

  it('asks for a time when none, or one that does not exist, is chosen', async () => {
    expect(await (await post('/members/0042/booking', { slot: 'x' })).text()).toContain(
      'Choose a time first.'
    )
  })

  it('keeps a note in memory and shows markup in it as text', async () => {
    const page = await (await post('/members/0042/notes', { note: '<b onclick=x>&', reason: 'Other' })).text()
    expect(page).toContain('&lt;b onclick=x&gt;&amp;')
    expect(page).not.toContain('<b onclick')
  })

  it('sends one section alone to the script of the page', async () => {
    const part = await (await post('/members/0042/notes', { note: 'hello' }, { 'x-section': 'notes' })).text()
    expect(part).toMatch(/^<section id="notes"/)
  })

  it('refuses forms of other sites, too much text and unknown pages', async () => {
    const other = await post('/members/0042/notes', { note: 'x' }, { 'sec-fetch-site': 'cross-site' })
    expect(other.status).toBe(403)
    expect((await post('/members/0042/notes', { note: 'x'.repeat(20_000) })).status).toBe(413)
    expect((await fetch(`${site.origin}/members/0043`)).status).toBe(404)
    expect((await post('/members/0042/elsewhere', {})).status).toBe(404)
  })
})
