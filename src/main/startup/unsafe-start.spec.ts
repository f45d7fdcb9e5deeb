import { describe, expect, it } from 'vitest'
import { unsafeStart } from './unsafe-start'

const program = '/opt/havendesk/havendesk'

describe('A4 a release build started in a way that is not allowed', () => {
  it('takes a plain start', () => {
    expect(unsafeStart([program], { HOME: '/home/a', LANG: 'en', LD_PRELOAD: '' })).toEqual([])
  })

  it.each([
    '--use-fake-device-for-media-stream',
    '--use-file-for-fake-video-capture=/tmp/loop.y4m',
    '--use-fake-ui-for-media-stream',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--no-sandbox',
    '--disable-gpu-sandbox',
    '--proxy-server=evil.example:8080',
    '--host-resolver-rules=MAP * evil.example',
    '--ignore-certificate-errors',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '--log-net-log=/tmp/n',
    '--user-data-dir=/tmp/x',
    '--havendesk-data=/tmp/x',
    '-r'
  ])('names the switch of %s, without its value', (argument) => {
    expect(unsafeStart([program, argument], {})).toEqual([argument.split('=')[0]])
  })

  it.each([
    'LD_PRELOAD',
    'DYLD_INSERT_LIBRARIES',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'ELECTRON_RUN_AS_NODE',
    'SSLKEYLOGFILE'
  ])('names the variable %s', (name) => {
    expect(unsafeStart([program], { [name]: 'x' })).toEqual([name])
  })
})
