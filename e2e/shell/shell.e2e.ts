import type { ShellState } from '../../src/contract/ipc/schema'
import { expect, test } from './page-fixture'
import { ago, steps, warning, signedOut, atWork } from './shell-states'

const scenes: readonly (readonly [name: string, state: ShellState, words: readonly string[]])[] = [
  [
    'starting',
    {
      ...signedOut,
      phase: 'starting',
      desk: 'starting',
      steps: steps({
        policy: { state: 'working' },
        camera: { state: 'waiting' },
        eyes: { state: 'waiting' },
        proxy: { state: 'waiting' },
        service: { state: 'waiting' }
      })
    },
    ['Getting your desk ready', 'Keys of this computer', 'working on it']
  ],
  [
    'enrolling',
    { ...signedOut, phase: 'enrolling', steps: steps({ hub: { state: 'working' } }) },
    ['Enrolling this computer']
  ],
  [
    'refused-keychain',
    {
      ...signedOut,
      phase: 'refused',
      steps: steps({
        keychain: { state: 'failed', remedy: 'no-keychain', detail: 'org.freedesktop.secrets: no such name' }
      })
    },
    ['Havendesk can’t open this desk', 'has no keychain', 'sudo apt-get install gnome-keyring libsecret-1-0']
  ],
  [
    'refused-unknown',
    {
      ...signedOut,
      phase: 'refused',
      steps: steps({ policy: { state: 'failed', remedy: 'x', detail: 'line 3' } })
    },
    ['Something is not as it must be.', 'Ask IT', 'line 3']
  ],
  ['signed-out', { ...signedOut, flavour: 'demo' }, ['Start your shift', 'Your desk is ready', 'End demo']],
  [
    'signed-out-camera',
    {
      ...signedOut,
      camera: { state: 'lost', reason: 'in-use', detail: 'NotReadableError' },
      steps: steps({ camera: { state: 'failed', remedy: 'camera.in-use' }, eyes: { state: 'waiting' } })
    },
    ['Another program is using the camera.', 'Close the other program.']
  ],
  ['signing-in', { ...signedOut, phase: 'signing-in' }, ['Signing you in']],
  [
    'at-work',
    { ...atWork, flavour: 'demo' },
    [
      'Demo Advocate 1',
      'Shift 3 h',
      'Camera on · 1 person · no phone seen',
      'Opening Member record',
      'End demo'
    ]
  ],
  ['no-application-open', { ...atWork, openApplication: null }, ['Choose what to work in']],
  [
    'no-application',
    { ...atWork, applications: [], openApplication: null },
    ['Your team has no applications yet']
  ],
  [
    'two-applications',
    {
      ...atWork,
      warnings: [warning('book')],
      applications: [...atWork.applications, { id: 'provider', title: 'Provider search' }]
    },
    ['Provider search', 'A book or notebook is in view. Please put it right.']
  ],
  [
    'program-denied',
    {
      ...atWork,
      warnings: [warning('application-warned')],
      deniedPrograms: [
        { title: 'OBS Studio', file: 'notes', response: 'warn', stays: false },
        { title: 'AnyDesk', file: 'anydesk', response: 'close', stays: false }
      ]
    },
    [
      'OBS Studio (“notes”) is not allowed here. Please close it.',
      'AnyDesk is not allowed here and is being closed.'
    ]
  ],
  [
    'site-blocked',
    {
      ...atWork,
      siteFailure: { host: 'records.example:443', why: 'not-on-the-list' },
      siteDenials: [
        { why: 'navigation', host: 'news.example', count: 2 },
        { why: 'microphone', host: '', count: 1 }
      ]
    },
    ['Member record was not opened', 'news.example', 'microphone']
  ],
  [
    'hub-away',
    { ...atWork, hub: { state: 'unreachable', since: ago(300_000) }, waiting: 2, helpAsked: true },
    ['2 alerts wait', 'You can keep working; we keep trying.', 'Help asked for']
  ],
  ['spanish', { ...atWork, language: 'es', flavour: 'demo' }, ['Necesito ayuda', 'Turno 3 h', '1 persona']]
]

for (const scheme of ['light', 'dark'] as const) {
  for (const [name, state, words] of scenes) {
    test(`${name}, ${scheme}: says it, reads well and breaks no policy`, async ({ open }) => {
      const { page, main, axe, look, complaints } = await open('shell', { scheme })
      main.state(state)
      for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
      expect(await axe()).toEqual([])
      await look(`shell-${name}-${scheme}`)
      expect(complaints).toEqual([])
    })
  }
}

test('shows quiet bars until the first state comes', async ({ open }) => {
  const { page } = await open('shell')
  await expect(page.getByRole('main', { name: 'Loading' })).toBeVisible()
})

test('the strip tells main its height, also when a panel opens in it, and never more than main takes', async ({
  open
}) => {
  const { page, main, received, axe, look } = await open('shell')
  main.state(atWork)
  const heights = (): readonly unknown[] =>
    received.filter(({ call }) => call === 'stripHeight').map(({ argument }) => argument)
  await expect.poll(heights).toEqual([49])
  await page.getByRole('button', { name: 'Checks 1 needs you' }).click()
  await expect(page.getByRole('row').nth(2)).toContainText('not known')
  await expect(page.getByText('Ask IT to install it, or restart the computer.')).toBeVisible()
  await expect.poll(() => Number(heights().at(-1))).toBeGreaterThan(200)
  expect(Number(heights().at(-1))).toBeLessThanOrEqual(400)
  expect(await axe()).toEqual([])
  await look('shell-checks')
  await page.keyboard.press('Escape')
  await expect.poll(() => heights().at(-1)).toBe(49)
})

test('ending the shift asks once more; help goes at once; all by keyboard', async ({ open }) => {
  const { page, main, received, look } = await open('shell')
  main.state({ ...atWork, flavour: 'demo' })
  const calls = (): readonly string[] =>
    received.map(({ call }) => call).filter((call) => call !== 'stripHeight')
  await page.getByRole('button', { name: 'I need help' }).press('Enter')
  await page.getByRole('button', { name: 'End shift' }).press('Enter')
  await look('shell-end-shift')
  await page.getByRole('button', { name: 'Keep working' }).press('Enter')
  expect(calls()).toEqual(['askHelp'])
  await page.getByRole('button', { name: 'End shift' }).press('Enter')
  await page.getByRole('button', { name: 'End shift' }).last().press('Enter')
  await page.getByRole('button', { name: 'Español' }).press('Enter')
  await page.getByRole('button', { name: 'End demo' }).press('Enter')
  await expect.poll(calls).toEqual(['askHelp', 'signOut', 'setLanguage', 'endDemo'])
})

test('an application is opened from the tabs and from the empty workspace', async ({ open }) => {
  const { page, main, received } = await open('shell')
  const applications = [...atWork.applications, { id: 'provider', title: 'Provider search' }]
  main.state({ ...atWork, applications, openApplication: null })
  await page.getByRole('main').getByRole('button', { name: 'Member record' }).click()
  await page.getByRole('navigation').getByRole('button', { name: 'Provider search' }).click()
  await expect
    .poll(() => received.filter(({ call }) => call === 'openApplication').map(({ argument }) => argument))
    .toEqual(['member-record', 'provider'])
})

test('the strip fits a small screen, in the longer language, with everything in it', async ({ open }) => {
  const { page, main, look } = await open('shell', { size: { width: 1024, height: 640 } })
  main.state({
    ...atWork,
    language: 'es',
    flavour: 'demo',
    waiting: 3,
    hub: { state: 'unreachable', since: ago(1) }
  })
  await expect(page.getByRole('button', { name: 'Terminar demo' })).toBeInViewport({ ratio: 1 })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(over).toBeLessThanOrEqual(0)
  await look('shell-small')
})
