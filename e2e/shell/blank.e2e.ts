import type { BlankState, ReasonView } from '../../src/contract/ipc/schema'
import type { RuleId } from '../../src/core/judgement/rule'
import { timed } from '../fixtures/timed'
import { expect, test } from './page-fixture'

const since = new Date(Date.now() - 95_000).toISOString()

const reason = (rule: RuleId, more: Partial<ReasonView> = {}): ReasonView => ({
  rule,
  since,
  people: rule === 'second-person' ? 2 : 0,
  clearing: null,
  exitMs: 3000,
  response: 'blank',
  there: true,
  recorded: false,
  ...more
})

const hidden = (reasons: ReasonView[], more: Partial<BlankState> = {}): BlankState => ({
  language: 'en',
  desk: 'hidden',
  reasons,
  recorded: true,
  helpAsked: false,
  unfit: [],
  flavour: 'release',
  ...more
})

test('with no script the page already says hidden, in both languages', async ({ open }) => {
  const { page, look } = await open('blank', { script: false })
  await expect(page.getByRole('heading')).toContainText('Your screen is hidden.')
  await expect(page.getByRole('heading')).toContainText('Su pantalla está oculta.')
  await expect(page.getByRole('button')).toHaveCount(0)
  await look('blank-no-script')
})

const scenes: readonly (readonly [name: string, state: BlankState, words: readonly string[]])[] = [
  ['phone', hidden([reason('phone')]), ['A phone is in view.', 'out of sight for 3 seconds']],
  ['book', hidden([reason('book')]), ['A book or notebook is in view.']],
  ['second-person', hidden([reason('second-person')]), ['Someone else is in view.', '2 people in view']],
  ['nobody', hidden([reason('nobody')]), ['Nobody is at the desk.']],
  ['second-screen', hidden([reason('second-screen')]), ['A laptop, tablet or second screen is in view.']],
  [
    'camera-covered',
    hidden([reason('camera-covered')]),
    ['Something covers the camera.', 'Check its shutter']
  ],
  ['camera-dark', hidden([reason('camera-dark')]), ['It is too dark', 'Turn on a lamp.']],
  ['camera-blurred', hidden([reason('camera-blurred')]), ['picture is blurred.', 'Wipe the lens']],
  ['camera-frozen', hidden([reason('camera-frozen')]), ['picture stands still.', 'Plug the camera in anew']],
  ['camera-looped', hidden([reason('camera-looped')]), ['seems to repeat itself.', 'This can be a mistake']],
  [
    'camera-photo',
    hidden([reason('camera-photo')]),
    ['seems to look at a photograph.', 'This can be a mistake']
  ],
  [
    'camera-virtual',
    hidden([reason('camera-virtual')]),
    ['seems to come from a program', 'This can be a mistake']
  ],
  ['camera-moved', hidden([reason('camera-moved')]), ['looks at another place', 'Turn it back']],
  ['camera-weak', hidden([reason('camera-weak')]), ['too small or comes too slowly.', 'or ask IT.']],
  [
    'locked',
    hidden([reason('phone', { response: 'lock' })]),
    ['Your screen is locked.', 'Talk to your supervisor.']
  ],
  ['camera-lost', hidden([reason('camera-lost')]), ['The camera stopped.']],
  ['sensor-silent', hidden([reason('sensor-silent')]), ['The room check stopped answering.']],
  ['hub-gone', hidden([reason('hub-gone')]), []],
  [
    'program-altered',
    hidden([reason('program-altered')]),
    ['A part of Havendesk on this computer was changed.']
  ],
  ['policy-lapsed', hidden([reason('policy-lapsed')]), ['The rules of this desk are out of date.']],
  [
    'device-unfit',
    hidden([reason('device-unfit')], {
      unfit: [
        { id: 'disk-encryption', remedy: 'remedy.disk-encryption.suspended' },
        { id: 'antivirus', remedy: 'remedy.antivirus.not-running' }
      ]
    }),
    [
      'A check of this computer does not pass.',
      'Disk encryption: Disk encryption is on pause.',
      'Anti-virus: The anti-virus is off.'
    ]
  ],
  [
    'vpn-lost',
    hidden([reason('vpn-lost')]),
    ['Your VPN is not protecting this computer.', 'Open your VPN app and connect.']
  ],
  [
    'application-denied',
    hidden([reason('application-denied')], {
      deniedPrograms: [{ title: 'OBS Studio', file: 'notes', response: 'blank', stays: false }]
    }),
    ['A program is running that is not allowed here.', 'It is OBS Studio (“notes”).']
  ],
  [
    'application-stays',
    hidden([reason('application-denied')], {
      deniedPrograms: [{ title: 'AnyDesk', file: 'anydesk', response: 'close', stays: true }]
    }),
    ['It is AnyDesk, and Havendesk cannot close it.']
  ],
  [
    'applications-unknown',
    hidden([reason('applications-unknown')]),
    ['Havendesk cannot see which programs are running.', 'Restart the computer.']
  ],
  ['starting', hidden([], { desk: 'starting', recorded: false }), ['Getting ready…']],
  ['signed-out', hidden([], { desk: 'signed-out', recorded: false }), ['You are signed out.']],
  ['unsettled', hidden([], { recorded: false }), ['Your screen is hidden.']],
  [
    'help-asked',
    hidden([reason('phone')], { helpAsked: true }),
    ['You asked for help. Your supervisor gets the message.']
  ],
  [
    'several',
    hidden([reason('phone'), reason('book'), reason('second-person')]),
    ['Someone else is in view.', 'Also: phone in view, book or notebook in view']
  ],
  [
    'clearing',
    hidden([reason('phone', { clearing: { leftMs: 60_000, totalMs: 100_000 } })], { flavour: 'demo' }),
    ['The phone is out of sight.', 'Your screen comes back in a moment.', 'End demo']
  ],
  [
    'spanish',
    hidden([reason('nobody')], { language: 'es' }),
    ['No hay nadie en el puesto.', 'Necesito ayuda']
  ]
]

for (const [name, state, words] of scenes) {
  test(`${name}: says what was seen and what clears it`, async ({ open }) => {
    const { page, main, axe, look, complaints } = await open('blank', { scheme: 'dark' })
    main.state(state)
    for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
    expect(await axe()).toEqual([])
    await look(`blank-${name}`)
    expect(complaints).toEqual([])
  })
}

test('fits a small screen and a large one without scrolling', async ({ open }) => {
  for (const size of [
    { width: 1024, height: 600 },
    { width: 1920, height: 1080 },
    { width: 720, height: 1280 }
  ]) {
    const { page, main, look } = await open('blank', { size })
    main.state(hidden([reason('phone'), reason('camera-lost')], { language: 'es', flavour: 'demo' }))
    await expect(page.getByText('La cámara se detuvo.')).toBeVisible()
    const over = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
    expect(over).toBeLessThanOrEqual(0)
    await look(`blank-${size.width}`)
  }
})

test('the ring runs from where the dwell stands, and stands still under reduced motion', async ({ open }) => {
  const { page, main } = await open('blank')
  main.state(hidden([reason('phone', { clearing: { leftMs: 30_000, totalMs: 60_000 } })]))
  await expect(page.locator('body[data-clearing]')).toBeVisible()
  const offset = (): Promise<number> =>
    page.locator('#ring').evaluate((ring) => parseFloat(getComputedStyle(ring).strokeDashoffset))
  expect(await offset()).toBeGreaterThan(40)
  expect(await offset()).toBeLessThan(51)
  main.state(hidden([reason('phone', { clearing: { leftMs: 6_000, totalMs: 60_000 } })]))
  await expect.poll(offset).toBeLessThan(11)
  // Snapshots come ten times a second; the ring goes on evenly, and the second that passes does not set it back.
  for (let leftMs = 5900; leftMs > 4500; leftMs -= 100) {
    main.state(hidden([reason('phone', { clearing: { leftMs, totalMs: 60_000 } })]))
    await page.waitForTimeout(100)
    expect(await offset()).toBeLessThan(11)
  }
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  expect(await offset()).toBeLessThan(11)
  main.state(hidden([reason('phone')]))
  await expect(page.locator('body[data-clearing]')).toHaveCount(0)
})

test('asks for help and ends the shift by mouse and by keyboard, the shift only when asked twice', async ({
  open
}) => {
  const { page, main, received } = await open('blank')
  main.state(hidden([reason('phone')], { flavour: 'demo' }))
  await page.getByRole('button', { name: 'I need help' }).click()
  await expect.poll(() => received.map(({ call }) => call)).toEqual(['askHelp'])
  await page.waitForTimeout(800)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Press again to end your shift' }).press('Enter')
  await page.getByRole('button', { name: 'End demo' }).press('Enter')
  await expect.poll(() => received.map(({ call }) => call)).toEqual(['askHelp', 'signOut', 'endDemo'])
})

test('keys meant for the workspace press nothing in the moment it hides', timed, async ({ open }) => {
  const { page, main, received } = await open('blank')
  main.state(hidden([], { desk: 'shown' }))
  await page.waitForTimeout(100)
  main.state(hidden([reason('phone')]))
  await page.getByRole('button', { name: 'I need help' }).press('Enter')
  await page.waitForTimeout(100)
  expect(received).toEqual([])
  // Nor does a button that still had the focus from the last time.
  main.state(hidden([], { desk: 'shown' }))
  main.state(hidden([reason('phone')]))
  await page.waitForTimeout(900)
  await page.keyboard.press('Enter')
  expect(received).toEqual([])
})

test('shows no button that leads nowhere: nobody is signed in, and this is no demo', async ({ open }) => {
  const { page, main } = await open('blank')
  main.state(hidden([], { desk: 'signed-out' }))
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
})
