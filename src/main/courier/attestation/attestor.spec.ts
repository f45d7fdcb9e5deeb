import { describe, expect, it, vi } from 'vitest'
import { Attestor, type AttestorOptions } from './attestor'

const hash = 'a'.repeat(64)

function setUp(measure: () => Promise<string>, isHubThere = true) {
  const able = vi.fn()
  const call = vi.fn(() => Promise.resolve({ kind: 'unreachable', problem: 'no hub' }))
  const options = {
    client: { call, authorize: vi.fn() },
    key: { tpm: null },
    sender: { flavour: 'test', build: '0.1.0' },
    measure,
    clock: { monotonic: () => performance.now(), wall: () => Date.now() },
    able,
    isHubThere: () => isHubThere
  } as unknown as AttestorOptions
  return { attestor: new Attestor(options), able, call }
}

describe('F1: what an attestation says of the program', () => {
  it('is measured once, from the start on, and known also while the hub is away', async () => {
    const measure = vi.fn(() => Promise.resolve(hash))
    const { attestor, call } = setUp(measure)
    attestor.begin()
    expect(attestor.program).toBeNull()
    expect((await attestor.now()).kind).toBe('no-answer')
    await attestor.now()
    expect(attestor.program).toBe(hash)
    expect(measure).toHaveBeenCalledOnce()
    expect(call).toHaveBeenCalledTimes(2)
    attestor.stop()
  })

  it('is measured anew after a try that failed, and of a failure the hub’s absence says nothing', async () => {
    const measure = vi.fn(() => Promise.resolve(hash)).mockRejectedValueOnce(new Error('EIO'))
    const away = setUp(measure, false)
    expect(await away.attestor.now()).toEqual({ kind: 'no-answer', problem: 'EIO' })
    expect(away.able).not.toHaveBeenCalled()
    await away.attestor.now()
    expect(away.attestor.program).toBe(hash)
    away.attestor.stop()

    const there = setUp(() => Promise.reject(new Error('EIO')))
    expect(await there.attestor.now()).toEqual({ kind: 'unable', problem: 'EIO' })
    expect(there.able).toHaveBeenCalledWith('EIO')
    expect(there.call).not.toHaveBeenCalled()
    there.attestor.stop()
  })

  it('is waited for two minutes, and begun once however often it is asked for', async () => {
    vi.useFakeTimers()
    const measure = vi.fn(() => new Promise<string>(() => undefined))
    const { attestor, able } = setUp(measure)
    attestor.begin()
    const first = attestor.now()
    await vi.advanceTimersByTimeAsync(120_000)
    expect((await first).kind).toBe('unable')
    expect(able).toHaveBeenCalledWith('the program cannot be measured: the disk does not answer')
    void attestor.now()
    expect(measure).toHaveBeenCalledOnce()
    attestor.stop()
    vi.useRealTimers()
  })
})
