import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNonces, NONE_ANY_MORE, type Nonces } from './nonce'
import { placeOf, type Taken } from './order'
import { checkTime } from './proof'

interface Signed {
  readonly boot: string
  readonly seq: number
  readonly jti: string
  readonly iat: number
  readonly nonce?: string
}
type Answer = 'ok' | 'quarantined' | 'replayed' | { readonly nonce: string } | 'wrong clock'

/** What the hub does with the proofs of one device, by its own clock, milliseconds. */
class Hub {
  now = 1_795_000_000_000
  quarantined = false
  #newestBoot: string | null = null
  #nonces: Nonces = createNonces()
  readonly #runs = new Map<string, Taken>()

  restart(): void {
    this.#nonces = createNonces()
  }

  /** IT looked, and lets the device speak again. */
  release(): void {
    this.quarantined = false
    this.#newestBoot = null
  }

  take(signed: Signed): Answer {
    this.now += 3
    const timely = checkTime(signed, { nonces: this.#nonces, now: this.now })
    if (!timely.ok)
      return timely.error.code === 'use-nonce' ? { nonce: this.#nonces.issue(this.now) } : 'wrong clock'
    if (this.quarantined) return 'quarantined'
    const taken = this.#runs.get(signed.boot) ?? null
    const place = placeOf(signed, timely.value?.told ?? null, { newestBoot: this.#newestBoot, taken })
    switch (place.kind) {
      case 'new-run':
      case 'next':
        this.#newestBoot = signed.boot
        this.#runs.set(signed.boot, { requestSeq: signed.seq, requestId: signed.jti })
        return 'ok'
      case 'copy':
        this.quarantined = true
        return 'quarantined'
      case 'repeated':
        return 'replayed'
      case 'ask':
        return { nonce: this.#nonces.issue(this.now, place.told) }
    }
  }
}

/** A program with the device's key: signs as the real one does, by whatever clock it has. */
class Program {
  #nonce: string | undefined
  #correction = 0

  constructor(
    readonly hub: Hub,
    /** Its clock beside the hub's, milliseconds. */
    public clock: number,
    public boot: string = randomUUID(),
    public seq = 0
  ) {}

  sign(): Signed {
    const iat = Math.floor(Math.max(0, this.hub.now + this.clock + this.#correction) / 1000)
    const nonce = this.#nonce === undefined ? {} : { nonce: this.#nonce }
    return { boot: this.boot, seq: this.seq++, jti: randomUUID(), iat, ...nonce }
  }

  /** One request, as often as the answer asks for it. */
  speak(): Answer {
    let answer: Answer = 'wrong clock'
    for (let tries = 0; tries < 5; tries += 1) {
      answer = this.hub.take(this.sign())
      if (typeof answer === 'object') this.#nonce = answer.nonce
      else if (answer === 'wrong clock') this.#correction = -this.clock
      else return answer
    }
    return answer
  }

  /** Another run of the same installation. */
  restart(): void {
    this.boot = randomUUID()
    this.seq = 0
    this.#nonce = undefined
    this.#correction = 0
  }

  copy(clock: number): Program {
    return new Program(this.hub, clock, this.boot, this.seq)
  }
}

const YEARS = 10 * 365 * 86_400_000
const clock = fc.integer({ min: -YEARS, max: YEARS })

test('F5: a device that runs alone is never taken for a copy: restarts, late and repeated requests, wrong clocks', () => {
  const step = fc.oneof(
    fc.constantFrom(
      'speaks',
      'restarts',
      'is overtaken',
      'is slow',
      'arrives late',
      'comes twice',
      'hub restarts'
    ),
    fc.integer({ min: 1, max: 400_000 }),
    fc.record({ clock })
  )
  fc.assert(
    fc.property(clock, fc.array(step, { maxLength: 40 }), (first, steps) => {
      const hub = new Hub()
      const desk = new Program(hub, first)
      const slow: Signed[] = []
      for (const what of steps) {
        if (typeof what === 'number') hub.now += what
        else if (typeof what === 'object') desk.clock = what.clock
        else if (what === 'speaks') expect(desk.speak()).toBe('ok')
        else if (what === 'restarts') desk.restart()
        else if (what === 'is slow') slow.push(desk.sign())
        else if (what === 'hub restarts') hub.restart()
        else if (what === 'is overtaken') {
          slow.push(desk.sign())
          expect(desk.speak()).toBe('ok')
        } else if (what === 'arrives late') slow.splice(0, 1).map((one) => hub.take(one))
        else slow.slice(0, 1).map((one) => [hub.take(one), hub.take(one)])
        expect(hub.quarantined).toBe(false)
      }
      expect(desk.speak()).toBe('ok')
    }),
    { numRuns: 300 }
  )
})

test('F5: of two copies with any clocks, in any order, never does one go on while the other is out', () => {
  const turn = fc.record({
    who: fc.constantFrom(0, 1),
    waits: fc.integer({ min: 0, max: 200_000 }),
    does: fc.constantFrom('speaks', 'speaks', 'speaks', 'restarts', 'leaps')
  })
  const start = fc.record({ clocks: fc.tuple(clock, clock), before: fc.nat(4), sameRun: fc.boolean() })
  fc.assert(
    fc.property(start, fc.array(turn, { maxLength: 30 }), ({ clocks, before, sameRun }, turns) => {
      const hub = new Hub()
      const original = new Program(hub, clocks[0])
      for (let n = 0; n < before; n += 1) original.speak()
      const copy = original.copy(clocks[1])
      if (!sameRun) copy.restart()
      const programs = [original, copy] as const
      for (const { who, waits, does } of turns) {
        hub.now += waits
        const program = programs[who]
        if (does === 'restarts') program.restart()
        if (does === 'leaps') program.seq += 10_000
        const answer = program.speak()
        // Whoever is not taken is out together with the other.
        expect([answer, hub.quarantined]).toEqual(answer === 'ok' ? ['ok', false] : ['quarantined', true])
      }
      // Both go on, each in its run: a heartbeat of each is enough, and both are out. Of two in one run the first may go
      // to a clock that is corrected.
      const [last, other] = turns.at(-1)?.who === 1 ? [copy, original] : [original, copy]
      const isOneRun = last.boot === other.boot
      const heartbeats = [last, other, last, other, last, other].map((program) => program.speak())
      expect(hub.quarantined).toBe(true)
      expect(heartbeats.slice(isOneRun ? 4 : 2)).not.toContain('ok')
      // Nor is it otherwise after IT let the copy back in by mistake: one of them goes on, and the next is found out.
      hub.release()
      expect(other.speak()).toBe('ok')
      const after = [last, other, last, other, last, other].map((program) => program.speak())
      expect(hub.quarantined).toBe(true)
      expect(after.slice(isOneRun ? 4 : 2)).not.toContain('ok')
    }),
    { numRuns: 300 }
  )
})

test('F5: who was told that another took its place, or that a number is used, and goes on, is a second program', () => {
  const boot = randomUUID()
  const next = randomUUID()
  const jti = randomUUID()
  const taken = { requestSeq: 5, requestId: jti }
  const of = (
    seq: number,
    told: Parameters<typeof placeOf>[1],
    newestBoot = boot,
    id: string = randomUUID()
  ) => placeOf({ boot, seq, jti: id }, told, { newestBoot, taken })
  expect(of(6, null)).toEqual({ kind: 'next' })
  expect(of(5, null, boot, jti)).toEqual({ kind: 'repeated' })
  expect(of(5, null)).toEqual({ kind: 'copy', reason: 'sequence-regressed' })
  expect(of(3, null)).toEqual({ kind: 'ask', told: { boot, upTo: 5 } })
  expect(of(4, { boot, upTo: 5 })).toEqual({ kind: 'copy', reason: 'sequence-regressed' })
  expect(of(6, null, next)).toEqual({ kind: 'ask', told: { boot, upTo: NONE_ANY_MORE } })
  expect(of(7, { boot, upTo: NONE_ANY_MORE }, next)).toEqual({ kind: 'copy', reason: 'two-runs' })
  // After IT released the workstation, the order begins with whoever comes next.
  expect(placeOf({ boot, seq: 3, jti }, null, { newestBoot: null, taken })).toEqual({ kind: 'new-run' })
  // What another run was told says nothing of this one.
  expect(of(7, { boot: next, upTo: NONE_ANY_MORE }, next).kind).toBe('ask')
})
