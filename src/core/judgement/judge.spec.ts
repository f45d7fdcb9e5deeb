import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nothingKnown, type CameraTruth } from '../observation/camera-truth'
import type { Answer, Observation, People } from '../observation/observation'
import { defaultRules } from '../policy/defaults'
import { LONGEST_STEP_MS } from './gathered'
import { emptyMemory, forNewSession, judge, type JudgeMemory } from './judge'
import type { Rules, Verdict } from './rule'

const rules: Rules = {
  ...defaultRules,
  phone: { response: 'blank', threshold: 0.5, enterMs: 150, exitMs: 3000, cooldownMs: 10_000 },
  book: { response: 'blank', threshold: 0.5, enterMs: 300, exitMs: 3000, cooldownMs: 0 },
  'second-person': { response: 'blank', threshold: 0.5, enterMs: 300, exitMs: 3000, cooldownMs: 0 },
  nobody: { response: 'blank', threshold: 0.4, enterMs: 5000, exitMs: 1000, cooldownMs: 0 }
}

interface Scene {
  readonly phone?: Answer
  readonly book?: Answer
  readonly screen?: Answer
  readonly people?: People
  readonly looked?: boolean
  readonly camera?: Partial<CameraTruth>
}

const absent: Answer = { state: 'absent', score: 0.05 }
const onePerson: People = { state: 'counted', count: 1, scores: [0.9] }
const phone = (score: number): Answer => ({ state: 'present', score, share: 0.04 })
const unknown = { state: 'unknown', reason: 'detector-failed' } as const

const observe = (scene: Scene): Observation => ({
  v: 1,
  seq: 0,
  ageMs: 0,
  frame: { width: 640, height: 480 },
  model: 'test',
  backend: 'wasm',
  frameMs: 1,
  phone: scene.phone ?? absent,
  book: scene.book ?? absent,
  people: scene.people ?? onePerson,
  screen: scene.screen ?? absent,
  looked: scene.looked ?? true,
  camera: { ...nothingKnown, ...scene.camera }
})

type Shot = readonly [number, Scene]

/** Judges `[instant, scene]` pairs in order and gives every verdict. */
function play(shots: readonly Shot[], under: Rules = rules): Verdict[] {
  let memory: JudgeMemory = emptyMemory
  return shots.map(([now, scene]) => {
    const step = judge(memory, observe(scene), now, under)
    memory = step.memory
    return step.verdict
  })
}

/** One scene after the other, `stepMs` apart. */
const every = (stepMs: number, scenes: readonly Scene[], from = 0): Shot[] =>
  scenes.map((scene, i) => [from + i * stepMs, scene])
const times = (count: number, scene: Scene): Scene[] => Array.from({ length: count }, () => scene)

const held = (verdict: Verdict | undefined): readonly string[] =>
  verdict?.findings.map(({ rule }) => rule) ?? []
const sees: Scene = { phone: phone(0.5) }
const misses: Scene = {}

describe('how a rule enters', () => {
  it('finds nothing in a room with one person', () => {
    expect(play(every(100, times(200, misses))).at(-1)).toEqual({ findings: [], complete: true })
  })

  it('two agreeing looks of a sure detection are enough for a phone, a doubtful one needs three', () => {
    const sure = play(every(100, times(3, { phone: phone(0.9) })))
    expect(sure.map(held)).toEqual([[], ['phone'], ['phone']])
    expect(sure[1]?.findings[0]).toMatchObject({ since: 0, response: 'blank', clearsAt: null, count: 1 })
    expect(play(every(100, times(3, sees))).map(held)).toEqual([[], [], ['phone']])
  })

  it('counts the time for which the sensor says that looks have seen it: what another had to bear out', () => {
    const borneOut = (forMs: number): Scene => ({
      phone: { state: 'present', score: 0.5, share: 0.04, forMs }
    })
    expect(
      play([
        [0, misses],
        [100, borneOut(150)]
      ]).map(held)
    ).toEqual([[], ['phone']])
    expect(
      play([
        [0, misses],
        [100, borneOut(149)]
      ]).map(held)
    ).toEqual([[], []])
  })

  it('enters at the first look when the policy asks for no evidence', () => {
    const hasty = { ...rules, phone: { ...rules.phone, enterMs: 0 } }
    expect(held(play([[0, sees]], hasty)[0])).toEqual(['phone'])
  })

  it('a look that stands alone never enters, however sure and however often it comes', () => {
    const alone = fc.record({
      score: fc.double({ min: 0.5, max: 1, noNaN: true }),
      gap: fc.integer({ min: 1, max: 6 })
    })
    const step = fc.integer({ min: 20, max: 3000 })
    fc.assert(
      fc.property(
        fc.array(alone, { maxLength: 60 }),
        step,
        fc.integer({ min: 1, max: 2000 }),
        (flickers, stepMs, enterMs) => {
          const scenes = flickers.flatMap(({ score, gap }) => [
            { phone: phone(score) },
            ...times(gap, misses)
          ])
          const under = { ...rules, phone: { ...rules.phone, enterMs } }
          expect(play(every(stepMs, scenes), under).flatMap(held)).toEqual([])
        }
      )
    )
  })

  it('a missed look now and then neither starts the evidence anew nor stands for it', () => {
    const flickering = every(100, [sees, sees, misses, sees, sees])
    expect(play(flickering).map(held).at(-1)).toEqual(['phone'])
    expect(play(flickering).at(-1)?.findings[0]).toMatchObject({ since: 0 })
  })

  it('evidence that is not renewed is forgotten', () => {
    const shots = every(100, [sees, sees, ...times(4, misses), sees, sees])
    expect(play(shots).flatMap(held)).toEqual([])
  })

  it('a repeated answer is no second witness, but the next look confirms the time between', () => {
    const repeated: Scene = { ...sees, looked: false }
    expect(play(every(100, [sees, ...times(50, repeated)])).flatMap(held)).toEqual([])
    expect(held(play(every(100, [sees, ...times(3, repeated), sees])).at(-1))).toEqual(['phone'])
  })

  it('D7 repeats of an answer clear nothing, until a look bears them out', () => {
    const there: Shot[] = [0, 100, 200].map((at) => [at, { phone: phone(0.9) }])
    const repeats: Shot[] = Array.from({ length: 60 }, (_, at) => [400 + at * 100, { looked: false }])
    const looked: Shot[] = [[300, {}], ...repeats, [6400, {}]]
    const held = play([...there, ...looked]).map(({ findings }) => findings.length)
    expect(held.slice(2, -1)).toEqual(held.slice(2, -1).map(() => 1))
    expect(held.at(-1)).toBe(0)
  })

  it('nobody looked in a gap: it counts for half a second at most', () => {
    const slow = { ...rules, phone: { ...rules.phone, enterMs: LONGEST_STEP_MS + 1 } }
    expect(play(every(2500, [sees, sees]), slow).flatMap(held)).toEqual([])
    expect(held(play(every(2500, [sees, sees, sees]), slow).at(-1))).toEqual(['phone'])
  })

  it('trusts the signed threshold, not the sensor word for it', () => {
    const cheating: Scene = { phone: { state: 'absent', score: 0.95 } }
    expect(held(play(every(100, times(2, cheating))).at(-1))).toEqual(['phone'])
  })

  it('counts a second person with the number of people', () => {
    const two: Scene = { people: { state: 'counted', count: 3, scores: [0.9, 0.6, 0.3] } }
    const last = play(every(100, times(4, two))).at(-1)
    expect(last?.findings[0]).toMatchObject({ rule: 'second-person', peakCount: 2, peakScore: 0.6 })
  })

  it('lets as many others be there as the rule says, and counts the next one', () => {
    const seen = (scores: number[]): Scene => ({ people: { state: 'counted', count: scores.length, scores } })
    const carer: Rules = { ...rules, 'second-person': { ...rules['second-person'], others: 1 } }
    const shots = (scores: number[]): Shot[] => every(100, times(6, seen(scores)))
    expect(held(play(shots([0.9, 0.8])).at(-1))).toEqual(['second-person'])
    expect(held(play(shots([0.9, 0.8]), carer).at(-1))).toEqual([])
    expect(held(play(shots([0.9, 0.8, 0.7]), carer).at(-1))).toEqual(['second-person'])
  })

  it('notices an empty chair after the whole dwell, sure or not', () => {
    const empty: Scene = { people: { state: 'counted', count: 0, scores: [] } }
    const verdicts = play(every(250, times(21, empty)))
    expect(held(verdicts[19])).toEqual([])
    expect(held(verdicts[20])).toEqual(['nobody'])
  })

  it('nobody at the seat is nobody, whoever else is in view', () => {
    const elsewhere: People = { state: 'counted', count: 1, scores: [0.9], atSeat: 0 }
    const verdicts = play(every(500, times(20, { people: elsewhere })))
    expect(held(verdicts.at(-1))).toEqual(['nobody'])
    const seated: People = { ...elsewhere, atSeat: 0.9 }
    expect(held(play(every(500, times(20, { people: seated }))).at(-1))).toEqual([])
  })

  it('a second screen has its own verdict, and warns', () => {
    const verdicts = play(every(100, times(10, { screen: phone(0.8) })))
    expect(verdicts.at(-1)?.findings).toMatchObject([{ rule: 'second-screen', response: 'warn' }])
  })
})

describe('how a rule clears', () => {
  const entered = every(100, times(3, sees))

  it('after the exit dwell, and says when', () => {
    const verdicts = play([...entered, ...every(500, times(8, misses), 300)])
    const gone = verdicts.slice(3)
    expect(gone[0]?.findings[0]?.clearsAt).toBe(3300)
    expect(gone.map((verdict) => held(verdict).length)).toEqual([1, 1, 1, 1, 1, 1, 0, 0])
  })

  it('starts the exit dwell anew when it is there again for one look', () => {
    const verdicts = play([...entered, ...every(500, [...times(6, misses), sees, ...times(6, misses)], 300)])
    expect(verdicts.slice(3, -1).every((verdict) => held(verdict).length === 1)).toBe(true)
  })

  it('not while nobody looks: a gap is worth half a second', () => {
    const verdicts = play([...entered, [300, misses], [60_000, misses], [120_000, misses]])
    expect(held(verdicts.at(-1))).toEqual(['phone'])
  })

  it('never on an unknown answer: what holds goes on holding however long', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 50 }), (gaps) => {
        let now = 200
        const blind = gaps.map((gap): Shot => [(now += gap), { phone: unknown }])
        const verdicts = play([...entered, ...blind])
        expect(verdicts.slice(2).every((verdict) => held(verdict).includes('phone'))).toBe(true)
      })
    )
  })

  it('an unknown frame in place of any other never clears a rule sooner', () => {
    const scene = fc.constantFrom<Scene>(misses, { phone: phone(0.9) }, { phone: unknown }, { looked: false })
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 60 }), fc.nat(), (scenes, pick) => {
        const shots = every(400, scenes)
        const at = pick % scenes.length
        const blinded = shots.map((shot, i): Shot => (i === at ? [shot[0], { phone: unknown }] : shot))
        const [plain, blind] = [play(shots), play(blinded)]
        const wasHeld = at > 0 && held(plain[at - 1]).includes('phone')
        fc.pre(wasHeld)
        const ends = (verdicts: Verdict[]): number => {
          const found = verdicts.findIndex((verdict, i) => i >= at && !held(verdict).includes('phone'))
          return found < 0 ? Infinity : found
        }
        expect(ends(blind)).toBeGreaterThanOrEqual(ends(plain))
      })
    )
  })
})

describe('what a missing answer means', () => {
  it('the verdict is incomplete while a question that could hide has no answer', () => {
    expect(play([[0, { book: unknown }]])[0]?.complete).toBe(false)
  })

  it('a question whose rule only warns keeps nothing from the screen, unless its repeats would', () => {
    const blindScreen: Scene = { screen: unknown }
    expect(play([[0, blindScreen]])[0]?.complete).toBe(true)
    const escalate = { after: 2, withinMs: 60_000, to: 'blank' } as const
    const harder = { ...rules, 'second-screen': { ...rules['second-screen'], escalate } }
    expect(play([[0, blindScreen]], harder)[0]?.complete).toBe(false)
  })

  it('a question about the camera that was not asked hides nothing, and clears nothing that holds', () => {
    const covered: Scene = { camera: { covered: { state: 'holds', score: 0.9, forMs: 400 } } }
    const verdicts = play(every(500, [misses, covered, ...times(20, misses)]))
    expect(verdicts[0]).toEqual({ findings: [], complete: true })
    expect(verdicts.slice(1).every((verdict) => held(verdict).includes('camera-covered'))).toBe(true)
    const clear: Scene = { camera: { covered: { state: 'clear' } } }
    const last = play(every(500, [covered, ...times(6, clear)])).at(-1)
    expect(held(last)).toEqual([])
  })

  it('what the sensor has watched for itself counts as evidence', () => {
    const under = { ...rules, 'camera-dark': { ...rules['camera-dark'], enterMs: 1000 } }
    const dark = (forMs: number): Scene => ({ camera: { dark: { state: 'holds', score: 1, forMs } } })
    expect(held(play([[0, dark(999)]], under)[0])).toEqual([])
    expect(held(play([[0, dark(1000)]], under)[0])).toEqual(['camera-dark'])
  })
})

describe('one alert for one event', () => {
  const seen = times(3, sees)
  const away = times(32, misses)

  it('what comes back within the cooldown goes on with the alert, its peak and its count', () => {
    const verdicts = play(every(100, [...seen, ...away, ...times(3, { phone: phone(0.8) })]))
    const last = verdicts.at(-1)?.findings[0]
    expect(last).toMatchObject({ openedAt: 0, count: 2, since: 3500, peakScore: 0.8 })
    expect(last?.heldBeforeMs).toBe(3300)
  })

  it('what comes back later opens another', () => {
    const verdicts = play(every(100, [...seen, ...away, ...times(110, misses), ...seen]))
    expect(verdicts.at(-1)?.findings[0]).toMatchObject({ openedAt: 14_500, count: 1, heldBeforeMs: 0 })
  })

  it('repeats are answered harder, as the policy says, and a merged one is no repeat', () => {
    const escalate = { after: 2, withinMs: 60_000, to: 'lock' } as const
    const under = { ...rules, phone: { ...rules.phone, cooldownMs: 1000, escalate } }
    const round = [...seen, ...away, ...times(20, misses)]
    const responses = play(every(100, [...round, ...round, ...round]), under).flatMap(({ findings }) =>
      findings.map(({ openedAt, response }) => `${String(openedAt)} ${response}`)
    )
    expect([...new Set(responses)]).toEqual(['0 blank', '5500 blank', '11000 lock'])
    const merged = [...seen, ...away, ...times(5, misses)]
    const once = play(every(100, [...merged, ...merged, ...merged]), under).flatMap(
      ({ findings }) => findings
    )
    expect(new Set(once.map(({ openedAt, response }) => `${String(openedAt)} ${response}`)).size).toBe(1)
  })

  it('a new session starts with no alert and no repeat of the one before', () => {
    const escalate = { after: 1, withinMs: 60_000, to: 'lock' } as const
    const under = { ...rules, phone: { ...rules.phone, escalate } }
    let memory: JudgeMemory = emptyMemory
    const look = (now: number, scene: Scene): Verdict => {
      const step = judge(memory, observe(scene), now, under)
      memory = step.memory
      return step.verdict
    }
    every(100, [...seen, ...away]).forEach(([now, scene]) => look(now, scene))
    memory = forNewSession(memory, under)
    const found = every(100, seen, 3500).map(([now, scene]) => look(now, scene))
    expect(found.at(-1)?.findings).toMatchObject([{ count: 1, openedAt: 3500, response: 'blank' }])
  })

  it('a new session keeps what holds, as its own', () => {
    let memory: JudgeMemory = emptyMemory
    for (const [now, scene] of every(100, seen)) memory = judge(memory, observe(scene), now, rules).memory
    memory = forNewSession(memory, rules)
    expect(held(judge(memory, observe(misses), 300, rules).verdict)).toEqual(['phone'])
  })
})

describe('judging again', () => {
  it('gives the same verdicts for the same observations', () => {
    const answer = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }).map((score): Answer => ({ state: 'absent', score })),
      fc.constant<Answer>(unknown)
    )
    const people = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 })
      .map((scores): People => ({ state: 'counted', count: scores.length, scores }))
    const scene: fc.Arbitrary<Scene> = fc.record({
      phone: answer,
      book: answer,
      screen: answer,
      people,
      looked: fc.boolean()
    })
    const shot = fc.record({ gap: fc.integer({ min: 0, max: 4000 }), scene })
    fc.assert(
      fc.property(fc.array(shot, { maxLength: 80 }), (list) => {
        let now = 0
        const shots = list.map(({ gap, scene: one }): Shot => [(now += gap), one])
        const first = play(shots)
        expect(play(shots)).toEqual(first)
        for (const { findings } of first) {
          for (const one of findings) {
            expect(one.since).toBeGreaterThanOrEqual(one.openedAt)
            expect(one.heldBeforeMs).toBeLessThanOrEqual(one.since - one.openedAt)
          }
        }
      })
    )
  })
})
