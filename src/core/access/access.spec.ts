import { describe, expect, test } from 'vitest'
import { consoleRoleSchema, mayDo, rightsOf, type Right } from './right'
import { inSight, reachOf, sightOf } from './sight'

const acts: readonly Right[] = ['alert.acknowledge', 'alert.decide', 'desk.instruct', 'exception.decide']

describe('rights', () => {
  test.each(consoleRoleSchema.options)('%s may manage their own session', (role) => {
    expect(mayDo(role, 'session.own')).toBe(true)
    expect(new Set(rightsOf(role)).size).toBe(rightsOf(role).length)
  })

  test('who reads who saw what acts on nothing that is recorded there', () => {
    for (const role of consoleRoleSchema.options)
      if (mayDo(role, 'audit.read')) expect(acts.filter((act) => mayDo(role, act))).toEqual([])
  })

  test('an auditor changes nothing at all', () => {
    expect(rightsOf('auditor').filter((right) => !right.endsWith('.read'))).toEqual(['session.own'])
  })

  test('only who is over the one that decided answers an appeal', () => {
    expect(consoleRoleSchema.options.filter((role) => mayDo(role, 'appeal.decide'))).toEqual([
      'lead',
      'compliance'
    ])
  })

  test('only IT shuts computers out, lets them in again and makes tickets', () => {
    expect(consoleRoleSchema.options.filter((role) => mayDo(role, 'device.manage'))).toEqual(['it'])
  })

  test('only who leads advocates sees how one of them fares', () => {
    expect(consoleRoleSchema.options.filter((role) => mayDo(role, 'coaching.read'))).toEqual([
      'supervisor',
      'lead'
    ])
  })

  test('IT sees what is wrong with a machine, and nothing of what the camera saw of a person', () => {
    for (const rule of ['device-unfit', 'application-denied', 'applications-unknown'] as const)
      expect(inSight(sightOf('it'), rule)).toBe(true)
    for (const rule of ['phone', 'book', 'second-person', 'nobody', 'help-asked'] as const)
      expect(inSight(sightOf('it'), rule)).toBe(false)
    expect(inSight(sightOf('supervisor'), 'phone')).toBe(true)
  })

  test('only who checks the others sees more than one team', () => {
    expect(consoleRoleSchema.options.filter((role) => reachOf(role) === 'organisation')).toEqual([
      'compliance',
      'auditor'
    ])
  })
})
