import type { OwnAlert } from '../../src/contract/wire/v1/alert-life'
import type { CheckView, PreflightStep, ReasonView, ShellState } from '../../src/contract/ipc/schema'
import type { RuleId } from '../../src/core/judgement/rule'
import { expect, test } from './page-fixture'

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()
const HOUR = 3_600_000

const ids = ['keychain', 'hub', 'policy', 'camera', 'eyes', 'proxy', 'service', 'checks'] as const
type Steps = Partial<Record<(typeof ids)[number], Partial<PreflightStep>>>

/** All steps ticked, but those named. */
const steps = (other: Steps = {}): PreflightStep[] =>
  ids.map((id) => ({ id, state: 'done', remedy: null, detail: '', ...other[id] }))

const warning = (rule: RuleId): ReasonView => ({
  rule,
  since: ago(20_000),
  people: 0,
  clearing: null,
  exitMs: 3000,
  response: 'warn',
  there: true,
  recorded: true
})

/** A check that is well, but for what is named. */
const check = (id: string, other: Partial<CheckView> = {}): CheckView => ({
  id,
  area: 'device',
  state: 'pass',
  evidence: 'as it must be',
  ageMs: 0,
  remedy: '',
  seenAt: ago(12_000),
  ...other
})

/** A computer on which everything is well, under a policy that makes something of most of it. */
const allWell: readonly CheckView[] = [
  check('camera', { area: 'camera', evidence: '640 × 480 at 30 pictures a second', seenAt: null }),
  check('hub', { area: 'network', evidence: 'the hub answers over its pinned connection', seenAt: null }),
  check('service', { evidence: 'service up for 5321 s', enforcement: 'block' }),
  check('os-updates', {
    evidence: 'debian 12; 0 security updates wait, looked for 0 days ago',
    enforcement: 'warn'
  }),
  check('antivirus', { evidence: 'ClamAV: running, signatures 0 days old', enforcement: 'block' }),
  check('firewall', {
    area: 'network',
    evidence: 'on, drops what comes in unasked: IPv4, IPv6',
    enforcement: 'block'
  }),
  check('disk-encryption', { evidence: 'root: encrypted; swap: encrypted', enforcement: 'block' }),
  check('screen-lock', { evidence: 'gnome: locks after 5 min', enforcement: 'warn' }),
  check('secure-boot', { evidence: 'secure boot is on', enforcement: 'report' }),
  check('tpm', { evidence: 'a TPM of version 2', enforcement: 'report' }),
  check('local-admin', { evidence: 'an ordinary user', enforcement: 'warn' }),
  check('virtual-machine', { evidence: 'no sign of a virtual machine', enforcement: 'block' }),
  check('remote-control', { evidence: 'none of 212 programs and 9 ports', enforcement: 'block' }),
  check('displays', { evidence: '2 in use, 1 built in', enforcement: 'warn' }),
  check('usb-storage', { evidence: 'no USB storage', enforcement: 'warn' }),
  check('virtual-camera', {
    area: 'camera',
    evidence: '1 cameras, all of them hardware',
    enforcement: 'block'
  }),
  check('wifi', { area: 'network', evidence: 'WPA2', enforcement: 'report' }),
  check('clock', { evidence: 'kept by a time server', enforcement: 'report' }),
  check('application-control', {
    evidence: 'fapolicyd: the policy’s rules are in force',
    enforcement: 'report'
  })
]
const withChecks = (others: Readonly<Record<string, Partial<CheckView>>>): CheckView[] =>
  allWell.map((one) => ({ ...one, ...others[one.id] }))

const signedOut: ShellState = {
  phase: 'signed-out',
  flavour: 'release',
  language: 'en',
  desk: 'signed-out',
  person: null,
  shiftSince: null,
  steps: steps(),
  reasons: [],
  warnings: [],
  camera: { state: 'live', label: 'Demo camera', width: 640, height: 480, fps: 30 },
  hub: { state: 'reachable', since: ago(HOUR) },
  waiting: 0,
  applications: [],
  openApplication: null,
  checks: [],
  helpAsked: false
}

const atWork: ShellState = {
  ...signedOut,
  phase: 'signed-in',
  desk: 'shown',
  person: { id: 'p1', name: 'Demo Advocate 1' },
  shiftSince: ago(3 * HOUR + 12 * 60_000),
  sensed: { people: 1, phone: 'absent' },
  applications: [{ id: 'member-record', title: 'Member record' }],
  openApplication: 'member-record',
  checks: [
    check('camera', { area: 'camera', evidence: '640x480, 30 fps', seenAt: null }),
    check('clock', { evidence: 'kept by a time server', enforcement: 'report' }),
    check('service', {
      state: 'unknown',
      evidence: 'no service at its socket (ENOENT)',
      seenAt: ago(61_000),
      remedy: 'remedy.service-missing',
      enforcement: 'warn'
    })
  ]
}

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

test('a person quicker than their desk types once: the sign-in goes when the last step is done', async ({
  open
}) => {
  const { page, main, received } = await open('shell', {
    handlers: { signIn: () => Promise.resolve({ outcome: 'refused', reason: 'bad-credentials' }) }
  })
  main.state({ ...signedOut, steps: steps({ checks: { state: 'working' } }) })
  await page.getByLabel('Email').fill('advocate1@demo.example')
  await page.getByLabel('Password', { exact: true }).fill('typed early')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Signing you in' })).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([])
  main.state(signedOut)
  await expect(page.getByRole('alert').getByText('don’t belong together')).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([
    { call: 'signIn', argument: { email: 'advocate1@demo.example', password: 'typed early' } }
  ])
})

for (const [reason, words] of [
  ['bad-credentials', 'don’t belong together'],
  ['too-many-tries', 'Wait a few minutes'],
  ['hub-unreachable', 'The hub isn’t answering'],
  ['not-ready', 'Your desk isn’t ready yet'],
  ['revoked', 'Call IT or your supervisor'],
  ['quarantined', 'A second computer signs in as this one'],
  ['not-your-desk', 'set up for someone else'],
  ['not-attested', 'does not recognise this computer']
] as const) {
  test(`a sign-in refused as ${reason} says why and what next, and keeps the email`, async ({ open }) => {
    const { page, main, received, axe, look } = await open('shell', {
      handlers: { signIn: () => Promise.resolve({ outcome: 'refused', reason }) }
    })
    main.state(signedOut)
    await page.getByLabel('Email').fill('advocate1@demo.example')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').getByText(words)).toBeVisible()
    // Main goes through signing-in and back while it asks the hub.
    main.state({ ...signedOut, phase: 'signing-in' })
    main.state(signedOut)
    await expect(page.getByRole('alert').getByText(words)).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue('advocate1@demo.example')
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
    expect(received).toEqual(
      expect.arrayContaining([
        { call: 'signIn', argument: { email: 'advocate1@demo.example', password: 'not the password' } }
      ])
    )
    expect(await axe()).toEqual([])
    await look(`shell-sign-in-${reason}`)
  })
}

test('a sign-in that main never finished says so', async ({ open }) => {
  const { page, main } = await open('shell', {
    handlers: { signIn: () => Promise.reject(new Error('gone')) }
  })
  main.state(signedOut)
  await page.getByLabel('Email').fill('a@b.example')
  await page.getByLabel('Password', { exact: true }).fill('x')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Signing in did not finish.')).toBeVisible()
})

test('empty fields are named and nothing is sent; the password can be seen', async ({ open }) => {
  const { page, main, received } = await open('shell')
  main.state(signedOut)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Enter your work email.')).toBeVisible()
  await expect(page.getByText('Enter your password.')).toBeVisible()
  expect(received.filter(({ call }) => call === 'signIn')).toEqual([])
  await page.getByLabel('Password', { exact: true }).fill('sesame')
  await page.getByRole('button', { name: 'Show or hide the password' }).press('Enter')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
})

test('caps lock is hinted at', async ({ open }) => {
  const { page, main } = await open('shell')
  main.state(signedOut)
  const password = page.getByLabel('Password', { exact: true })
  await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true })
  await expect(page.getByText('Caps lock is on.')).toBeVisible()
  await password.dispatchEvent('keyup', { key: 'a' })
  await expect(page.getByText('Caps lock is on.')).toHaveCount(0)
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

const checkScenes: readonly (readonly [
  name: string,
  checks: CheckView[],
  needing: string,
  words: readonly string[]
])[] = [
  [
    'all-well',
    withChecks({}),
    'Checks all of them pass',
    ['All well: 19', 'root: encrypted; swap: encrypted']
  ],
  [
    'three-failing',
    withChecks({
      'disk-encryption': {
        state: 'fail',
        evidence: 'C: suspended',
        remedy: 'remedy.disk-encryption.suspended'
      },
      antivirus: { state: 'stale', remedy: 'remedy.check.stale', seenAt: ago(2 * HOUR) },
      'usb-storage': { state: 'fail', evidence: '1 USB storage drive', remedy: 'remedy.usb-storage.found' },
      tpm: { state: 'fail', evidence: 'no TPM', remedy: 'remedy.tpm.missing' },
      'application-control': {
        state: 'fail',
        evidence: 'fapolicyd: rules that only note',
        remedy: 'remedy.application-control.noting'
      }
    }),
    'Checks 3 need you',
    [
      'Needs attention: 3',
      'Only reported to IT: 2',
      'Disk encryption is on pause.',
      'Only IT can make an exception.'
    ]
  ],
  [
    'service-missing',
    withChecks({
      service: {
        state: 'unknown',
        evidence: 'no service at its socket (ENOENT)',
        remedy: 'remedy.service-missing'
      },
      firewall: {
        state: 'unknown',
        evidence: 'no service at its socket (ENOENT)',
        remedy: 'remedy.firewall.unknown'
      }
    }),
    'Checks 2 need you',
    [
      'Ask IT to install it, or restart the computer.',
      'Havendesk cannot see the firewall without its system service.'
    ]
  ]
]

for (const [name, checks, needing, words] of checkScenes) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`the checks, ${name}, ${scheme}: at work and before it, what needs the person first`, async ({
      open
    }) => {
      const { page, main, axe, look, complaints } = await open('shell', { scheme })
      main.state({ ...atWork, checks })
      await page.getByRole('button', { name: needing }).press('Enter')
      await expect(page.getByRole('region', { name: 'Checks' })).toBeFocused()
      for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
      const first = page.locator('tbody tr[data-check]').first()
      if (name !== 'all-well')
        await expect(first.locator('xpath=..')).toHaveAttribute('data-group', 'needs-you')
      expect(await axe()).toEqual([])
      await look(`shell-checks-${name}-${scheme}`)
      main.state({ ...signedOut, checks })
      await page.getByRole('button', { name: /^(All checks|Checks:)/ }).press('Enter')
      for (const text of words) await expect(page.getByText(text).first()).toBeVisible()
      expect(await axe()).toEqual([])
      await look(`sign-in-checks-${name}-${scheme}`)
      expect(complaints).toEqual([])
    })
  }
}

const ownAlert: OwnAlert = {
  id: '5c4b1e0a-6d0f-4b52-9d0a-0b8a1f6a2c11',
  rule: 'phone',
  raisedAt: ago(3_600_000),
  endedAt: ago(3_590_000),
  hidden: true,
  stage: 'decided',
  decision: { verdict: 'agreed', reason: 'breach', note: 'A phone in your hand.', at: ago(3_000_000) },
  appealUntil: ago(-70 * 3_600_000),
  appeal: null
}
for (const scheme of ['light', 'dark'] as const) {
  test(`the person’s own record, ${scheme}: what was decided and why, and saying that it is wrong`, async ({
    open
  }) => {
    let stored = ownAlert
    let isAway = true
    const { page, main, axe, look, complaints } = await open('shell', {
      scheme,
      handlers: {
        ownAlerts: () =>
          Promise.resolve(isAway ? { outcome: 'hub-unreachable' } : { outcome: 'known', alerts: [stored] }),
        appeal: ({ statement }) => {
          const appeal = { statement, at: ago(0), dueAt: ago(-72 * 3_600_000), answer: null }
          stored = { ...stored, stage: 'appealed', appeal }
          return Promise.resolve('accepted')
        }
      }
    })
    main.state(atWork)
    await page.getByRole('button', { name: 'My record' }).click()
    await expect(page.getByRole('alert')).toContainText('The hub isn’t answering')
    isAway = false
    await page.getByRole('button', { name: 'Try again' }).click()
    const entry = page.locator('[data-own-alert]')
    await expect(entry).toContainText('It was so: Against the rules. “A phone in your hand.”')
    await entry.getByRole('button', { name: 'This is wrong' }).click()
    const box = entry.getByRole('textbox')
    await expect(box).toBeFocused()
    await expect(entry.getByRole('button', { name: 'Send my statement' })).toBeDisabled()
    await box.fill('It was my glucose meter.')
    expect(await axe()).toEqual([])
    await look(`shell-record-${scheme}`)
    await entry.getByRole('button', { name: 'Send my statement' }).click()
    await expect(entry).toHaveAttribute('data-stage', 'appealed')
    await expect(entry).toContainText('You said: “It was my glucose meter.”')
    await look(`shell-record-said-${scheme}`)
    expect(complaints).toEqual([])
  })
}

const granting = { waivable: ['usb-storage' as const], now: { stage: 'none' as const } }
const failingUsb = withChecks({
  'usb-storage': { state: 'fail', evidence: '1 USB storage drive', remedy: 'remedy.usb-storage.found' }
})
for (const scheme of ['light', 'dark'] as const) {
  test(`G5 an exception, ${scheme}: asked for with a reason, then shown with the time left`, async ({
    open
  }) => {
    const { page, main, received, axe, look, complaints } = await open('shell', { scheme })
    const asked = (): readonly unknown[] =>
      received.flatMap(({ call, argument }) => (call === 'askException' ? [argument] : []))
    main.state({ ...atWork, checks: failingUsb, breakGlass: granting })
    await page.getByRole('button', { name: /^Checks/ }).click()
    await expect(page.getByRole('button', { name: 'Ask for an exception' })).toHaveCount(1)
    await page.getByRole('button', { name: 'Ask for an exception' }).press('Enter')
    await expect(page.getByRole('radio').first()).toBeFocused()
    await page.getByRole('button', { name: 'Ask now' }).click()
    await expect(page.getByText('Choose a reason.')).toBeVisible()
    expect(asked()).toEqual([])
    await page.getByRole('radio', { name: 'A member is waiting' }).check()
    expect(await axe()).toEqual([])
    await look(`shell-exception-ask-${scheme}`)
    await page.getByRole('button', { name: 'Ask now' }).click()
    await expect.poll(asked).toEqual([{ check: 'usb-storage', reason: 'member-waiting' }])
    const check = 'usb-storage' as const
    const told = (now: NonNullable<ShellState['breakGlass']>['now']) =>
      main.state({ ...atWork, checks: failingUsb, breakGlass: { ...granting, now } })
    told({ stage: 'asked', check, since: ago(60_000) })
    await expect(page.locator('[data-exception="asked"]')).toContainText('A supervisor or IT decides')
    await expect(page.getByRole('button', { name: 'Ask for an exception' })).toHaveCount(0)
    await look(`shell-exception-asked-${scheme}`)
    told({ stage: 'running', check, approver: 'sup@demo.example', until: ago(-24.5 * 60_000) })
    await expect(page.locator('[data-exception="running"]')).toContainText('25 minutes left')
    expect(await axe()).toEqual([])
    await look(`shell-exception-running-${scheme}`)
    told({ stage: 'over', check, why: 'time-over' })
    await expect(page.locator('[data-exception="over"]')).toContainText('is over')
    expect(complaints).toEqual([])
  })
}

test('evidence is copied', async ({ open }) => {
  const { page, main } = await open('shell')
  main.state(atWork)
  await page.getByRole('button', { name: /^Checks/ }).click()
  await page.getByRole('button', { name: 'Copy the evidence of System service' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
})

test('the checks panel says when there is nothing yet, and takes a great many', async ({ open }) => {
  const { page, main, look } = await open('shell')
  main.state({ ...atWork, checks: [] })
  await page.getByRole('button', { name: /^Checks/ }).click()
  await expect(page.getByText('No check has run yet.')).toBeVisible()
  await look('shell-checks-empty')
  main.state({
    ...atWork,
    checks: Array.from({ length: 64 }, (_, at) => ({
      id: `probe-${at}`,
      area: 'device',
      state: at % 7 === 0 ? 'unknown' : 'pass',
      evidence: 'x'.repeat(at * 7),
      ageMs: at * 10_000,
      remedy: '',
      seenAt: ago(at * 10_000)
    }))
  })
  // Two groups with a line of their own each, and the head.
  await expect(page.getByRole('row')).toHaveCount(67)
  await look('shell-checks-many')
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
