import { describe, expect, it, vi } from 'vitest'
import { ipcDouble } from './ipc-double'
import { surfaceOf } from '../src/contract/ipc/surface'
import { ipcSchema, type BlankState } from '../src/contract/ipc/schema'

describe('the IPC double', () => {
  it('offers exactly the calls of the schema', () => {
    for (const kind of ['shell', 'blank', 'sensor'] as const) {
      expect(Object.keys(ipcDouble(kind).api)).toEqual(Object.keys(surfaceOf(ipcSchema)[kind]))
    }
  })

  it('refuses what main would refuse', async () => {
    const { api, received } = ipcDouble('shell')
    expect(() => api.stripHeight(-1)).toThrow()
    await expect(api.signIn({ email: '', password: 'x' })).rejects.toThrow()
    expect(received).toEqual([])
  })

  it('gives the newest state to who subscribes late', async () => {
    const { api, main } = ipcDouble('blank')
    const state: BlankState = {
      language: 'en',
      desk: 'hidden',
      reasons: [],
      recorded: false,
      unfit: [],
      helpAsked: false,
      flavour: 'test'
    }
    main.state(state)
    const listener = vi.fn()
    const stop = api.state(listener)
    await Promise.resolve()
    expect(listener).toHaveBeenCalledExactlyOnceWith(state)
    stop()
    main.state({ ...state, recorded: true })
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('answers an invoke with what the handler says', async () => {
    const { api } = ipcDouble('shell', { signIn: () => Promise.resolve({ outcome: 'signed-in' }) })
    await expect(api.signIn({ email: 'a@b.c', password: 'x' })).resolves.toEqual({ outcome: 'signed-in' })
  })
})
