import { describe, expect, it } from 'vitest'
import { BackOff } from './back-off'
import { helperEnvironment } from './environment'

describe('BackOff', () => {
  it('doubles up to the most and begins anew after a calm time', () => {
    const backOff = new BackOff({ firstMs: 100, mostMs: 1000, calmMs: 60_000 })
    expect([0, 1, 2, 3, 4, 5].map((now) => backOff.after(now))).toEqual([100, 200, 400, 800, 1000, 1000])
    expect(backOff.after(60_006)).toBe(100)
  })
})

describe('helperEnvironment', () => {
  it('hands on nothing that loads code, logs keys or changes trust', () => {
    const bad = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'ELECTRON_RUN_AS_NODE', 'LD_PRELOAD', 'SSLKEYLOGFILE']
    const given = Object.fromEntries([...bad, 'HOME'].map((name) => [name, 'x']))
    expect(helperEnvironment(given)).toEqual({ HOME: 'x' })
  })
})
