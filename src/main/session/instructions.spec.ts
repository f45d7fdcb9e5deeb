import { beforeEach, describe, expect, test } from 'vitest'
import type { Instruction, InstructionKind } from '../../core/instruction/instruction'
import { Instructions } from './instructions'

const by = 'Demo Supervisor 1'
const at = '2026-11-27T10:00:00.000Z'
const idOf = (n: number): string => `5c4b1e0a-6d0f-4b52-9d0a-0b8a1f6a2c1${n}`
const ask = (kind: Exclude<InstructionKind, 'message'>, n = 1): Instruction => ({ id: idOf(n), kind, by, at })

let done: string[]
let outcomes: string[]
let told: string[]
let allow: readonly InstructionKind[] | undefined | null
let isSignedIn: boolean
let supports: boolean
let instructions: Instructions
beforeEach(() => {
  done = []
  outcomes = []
  told = []
  allow = undefined
  isSignedIn = true
  supports = true
  const act = (name: string) => () => {
    done.push(name)
  }
  instructions = new Instructions({
    allowed: () => (allow === null ? null : allow === undefined ? undefined : { allow }),
    isSignedIn: () => isSignedIn,
    lock: act('lock'),
    unlock: act('unlock'),
    endSession: act('end-session'),
    lookAgain: act('check'),
    reloadPolicy: act('reload-policy'),
    support: (by) => {
      done.push(`support for ${by}`)
      return supports
    },
    record: (body) => {
      if (body.kind === 'instruction') outcomes.push(body.change.outcome)
    },
    told: ({ kind, text }) => {
      told.push(text ?? kind)
    }
  })
})

describe('an instruction', () => {
  test('is done once however often it is handed out, shown to the person, and confirmed', () => {
    instructions.heard([ask('lock')])
    instructions.heard([ask('lock'), { id: idOf(2), kind: 'message', by, at, text: 'Call me.' }])
    expect([done, outcomes, told]).toEqual([['lock'], ['done', 'done'], ['lock', 'Call me.']])
  })

  test('that the policy in force does not allow is not done, and says so: nothing opens a desk unless it is listed', () => {
    instructions.heard([ask('unlock')])
    allow = ['unlock']
    instructions.heard([ask('unlock', 2), ask('lock', 3)])
    allow = null // no policy at all
    instructions.heard([ask('lock', 4)])
    expect([done, outcomes]).toEqual([['unlock'], ['not-allowed', 'done', 'not-allowed', 'not-allowed']])
  })

  test('has nothing to be done to while nobody is signed in, but for a look at the computer', () => {
    isSignedIn = false
    allow = ['lock', 'check', 'reload-policy', 'support']
    instructions.heard([ask('lock'), ask('check', 2), ask('reload-policy', 3), ask('support', 4)])
    expect(done).toEqual(['check', 'reload-policy'])
    expect(outcomes).toEqual(['nobody-here', 'done', 'done', 'nobody-here'])
  })

  test('to help is done where the policy says what helps, and confirmed as not allowed where it does not', () => {
    instructions.heard([ask('support')])
    allow = ['support']
    instructions.heard([ask('support', 2)])
    supports = false
    instructions.heard([ask('support', 3)])
    expect([outcomes, told]).toEqual([['not-allowed', 'done', 'not-allowed'], ['support']])
  })
})
