import { describe, expect, test } from 'vitest'
import { hookUrlProblem, mayReach } from './hook-url'

describe('where events may be sent', () => {
  test.each([
    ['https://telephony.example/hooks', null],
    ['https://10.1.2.3/hooks', null],
    ['http://telephony.example/hooks', 'not-https'],
    ['ftp://telephony.example/', 'not-https'],
    ['telephony', 'not-a-url'],
    ['https://user:word@telephony.example/', 'has-credentials'],
    ['https://telephony.example/#part', 'has-fragment'],
    ['https://169.254.169.254/latest', 'forbidden-host'],
    ['https://2852039166/latest', 'forbidden-host'],
    ['https://0x7f.1/', 'forbidden-host'],
    ['https://[::ffff:169.254.169.254]/', 'forbidden-host'],
    ['https://[fe80::1]/', 'forbidden-host'],
    ['https://localhost/', 'forbidden-host'],
    ['http://127.0.0.1:9/', 'forbidden-host']
  ] as const)('%s: %s', (url, problem) => {
    expect(hookUrlProblem(url, false)).toBe(problem)
  })

  test('this machine only where that is allowed', () => {
    expect(hookUrlProblem('http://127.0.0.1:8000/x', true)).toBeNull()
    expect(hookUrlProblem('http://localhost:8000/x', true)).toBeNull()
    expect(hookUrlProblem('http://10.0.0.1/x', true)).toBe('not-https')
    expect(hookUrlProblem('https://169.254.169.254/', true)).toBe('forbidden-host')
  })

  test.each([
    ['93.184.216.34', true],
    ['192.168.1.4', true],
    ['127.0.0.2', false],
    ['0.0.0.0', false],
    ['169.254.1.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:a9fe:a9fe', false],
    ['2002:7f00:1::', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['not an address', false],
    ['fe80::1', false],
    ['ff02::1', false],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['fd00::5', true]
  ])('what a name resolves to, %s: %s', (address, may) => {
    expect(mayReach(address, false)).toBe(may)
  })
})
