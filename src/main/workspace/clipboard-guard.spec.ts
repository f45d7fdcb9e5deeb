import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ClipboardGuard } from './clipboard-guard'

describe('C5 the clipboard', () => {
  let text = ''
  const guard = (): ClipboardGuard =>
    new ClipboardGuard(() => {
      text = ''
    })
  beforeEach(() => {
    vi.useFakeTimers()
    text = 'a member'
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is left alone where the policy says nothing, or allows', () => {
    const one = guard()
    one.set('allow')
    one.empty()
    one.stop()
    expect(text).toBe('a member')
  })

  it('is emptied at the sign-in, when the desk is covered or another window comes, and at the end', () => {
    const one = guard()
    const acts = [() => one.set('workspace'), () => one.empty(), () => one.stop()]
    for (const act of acts) {
      text = 'a member'
      act()
      expect(text).toBe('')
    }
  })

  it('keeps for the workspace what was copied there meanwhile', () => {
    const one = guard()
    one.set('workspace')
    text = 'a member'
    vi.advanceTimersByTime(60_000)
    expect(text).toBe('a member')
    one.stop()
  })

  it('that blocks is empty again within a moment, and is let go at the end', () => {
    const one = guard()
    one.set('block')
    text = 'a member'
    vi.advanceTimersByTime(200)
    expect(text).toBe('')
    one.stop()
    text = 'later'
    vi.advanceTimersByTime(60_000)
    expect(text).toBe('later')
  })
})
