import { randomBytes, randomUUID } from 'node:crypto'
import { json } from '../../lying-hub'
import { ORGANISATION, policy, TEAM } from '../documents'
import type { HostileScene } from '../scene'
import type { Workstation } from '../../workstation'
import type { Bend, Lie } from '../../lying-hub'
import { envelopeCases } from './envelope'

/** What a hub tries on a workstation that is about to become one of its own. */
export interface EnrolmentCase {
  readonly what: string
  readonly bend?: Bend
  readonly lie?: (scene: HostileScene) => Lie
  /** How the record begins that the desk keeps for a hub that enrols it truly; null where nothing can be told. */
  readonly record: string | null
  /** What it comes to. */
  readonly end: 'waits' | 'refused' | 'shut-out' | 'enrolled'
}

const odd = (field: string) => `enrol: the reply is not the hub's (${field})`

/** The whole answer of its own making: the ticket is not spent at the true hub. */
const answering = (change: () => object) => () =>
  json({
    v: 1,
    device: randomUUID(),
    organisation: ORGANISATION,
    team: TEAM,
    hub: 'hub',
    policy: policy(2),
    ...change()
  })

/** The fields of the policy within the reply, bent like those of any other. */
const withinEnvelope = envelopeCases('enrol.policy', () => policy(2), {
  form: (field) => odd(`policy.${field}`),
  unsigned: 'policy: not signed'
})
const bentPolicies: Readonly<Record<string, readonly EnrolmentCase[]>> = Object.fromEntries(
  Object.entries(withinEnvelope).map(([field, cases]) => [
    field,
    cases.map(({ what, lie, record }): EnrolmentCase => {
      const isForm = record?.startsWith('enrol') === true
      if (isForm) return { what, record, end: 'waits', lie: answering(() => ({ policy: bodyOf(lie) })) }
      // Nothing of it is used: the hub is asked for the true one.
      return { what, record, end: 'enrolled', bend: (reply) => ({ ...reply, policy: bodyOf(lie) }) }
    })
  ])
)

/** The document that a lie would have answered with. */
function bodyOf(lie: ((scene: HostileScene) => Lie) | undefined): unknown {
  let text = '{}'
  const response = { writeHead: () => undefined, end: (body: string) => (text = body) }
  lie?.(undefined as unknown as HostileScene)(response as unknown as Parameters<Lie>[0])
  return JSON.parse(text)
}

export const ENROL = '/device/v1/enrol'
export const enrolment: Readonly<Record<string, readonly EnrolmentCase[]>> = {
  'enrol.v': [{ what: 'another version', lie: answering(() => ({ v: 2 })), record: odd('v'), end: 'waits' }],
  'enrol.device': [
    {
      what: 'the name of another workstation',
      bend: (reply) => ({ ...reply, device: randomUUID() }),
      record: null, // a name is the hub's to give; with this key nobody can speak under another's
      end: 'shut-out'
    }
  ],
  'enrol.organisation': [
    {
      what: 'another organisation',
      bend: (reply) => ({ ...reply, organisation: 'Easy Care' }),
      record: 'enrol: the hub enrols for another organisation: Easy Care',
      end: 'refused'
    }
  ],
  'enrol.team': [
    {
      what: 'a team with milder rules',
      bend: (reply) => ({ ...reply, team: 'Easy Going' }),
      record: 'enrol: the hub enrols for another team: Easy Going',
      end: 'refused'
    }
  ],
  'enrol.hub': [
    {
      what: 'another hub',
      bend: (reply) => ({ ...reply, hub: 'https://elsewhere.example' }),
      record: null, // the address is the ticket's
      end: 'enrolled'
    }
  ],
  ...bentPolicies
}

export const ACTIVATION = '/device/v1/enrol/activation'
const activated = (change: object) => () =>
  json({
    v: 1,
    activation: randomUUID(),
    credentialBlob: randomBytes(64).toString('base64'),
    encryptedSecret: randomBytes(256).toString('base64'),
    ...change
  })
/** Tried on a workstation with a TPM, that uncovers nothing that was not hidden for it. */
export const activation: Readonly<Record<string, readonly EnrolmentCase[]>> = {
  'activation.v': [
    {
      what: 'another version',
      lie: activated({ v: 2 }),
      record: "enrol/activation: the reply is not the hub's (v)",
      end: 'waits'
    }
  ],
  'activation.activation': [
    {
      what: 'an activation in words',
      lie: activated({ activation: 'mine' }),
      record: "enrol/activation: the reply is not the hub's (activation)",
      end: 'waits'
    }
  ],
  'activation.credentialBlob': [
    {
      what: 'a credential in words',
      lie: activated({ credentialBlob: '***' }),
      record: "enrol/activation: the reply is not the hub's (credentialBlob)",
      end: 'waits'
    }
  ],
  'activation.encryptedSecret': [
    {
      what: 'a secret that was not hidden for this TPM',
      lie: activated({}),
      record: 'enrol: the credential was not made for this TPM', // the key is in software, and says so
      end: 'enrolled'
    }
  ]
}

/** What a workstation has become. */
export function endOf(station: Workstation): EnrolmentCase['end'] | 'nothing' {
  const refusals = station.said.flatMap((message) => (message.kind === 'refused' ? [message.reason] : []))
  const isReady = station.said.some(({ kind }) => kind === 'ready')
  if (refusals.includes('revoked')) return 'shut-out'
  if (refusals.includes('enrolment-refused')) return 'refused'
  if (isReady && station.desk.facts.policy !== null) return 'enrolled'
  return refusals.includes('hub-unreachable') ? 'waits' : 'nothing'
}
