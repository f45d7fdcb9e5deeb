import { z } from 'zod'
import {
  breakGlassEndSchema,
  breakGlassReasonSchema,
  waivableCheckSchema
} from '../../core/break-glass/request'
import { appealOutcomeSchema, noteSchema } from '../../core/alert/life'
import { applicationResponseSchema } from '../../core/application/rule'
import { checkResultSchema } from '../../core/check/check'
import { instructionKindSchema } from '../../core/instruction/instruction'
import { roomSchema } from '../../core/policy/room'
import { sensorLimitsSchema } from '../../core/policy/sensor-limits'
import { cameraStateSchema, observationSchema } from '../../core/observation/observation'
import { paceSchema } from '../../core/observation/pace'
import { MAX_RULES, responseSchema, ruleIdSchema } from '../../core/judgement/rule'
import { modelDefinitionSchema } from '../../core/model/definition'
import { ownAlertsReplySchema } from '../wire/v1/alert-life'
import { invoke, notify, nothing, send, type Schema } from './call'

/** Why the desk is hidden, for a person. Instants are wall clock labels. */
export const reasonSchema = z.strictObject({
  rule: ruleIdSchema,
  since: z.iso.datetime(),
  people: z.number().int().min(0).max(50),
  /** Milliseconds of exit dwell left, and its whole length; null while the evidence is still there. */
  clearing: z.strictObject({ leftMs: z.number().nonnegative(), totalMs: z.number().positive() }).nullable(),
  /** What the policy wants gone for how long before the desk comes back, milliseconds. */
  exitMs: z.number().nonnegative(),
  response: responseSchema,
  /** False when it is out of sight and only a lock keeps it. */
  there: z.boolean(),
  /** True once its alert is committed and synced to the outbox on disk. */
  recorded: z.boolean()
})
export type ReasonView = z.infer<typeof reasonSchema>

/** A program that runs and may not, as the person at the desk is told of it. */
export const deniedProgramSchema = z.strictObject({
  /** How IT calls it; null when no rule names it. */
  title: z.string().max(100).nullable(),
  /** The name of its file. */
  file: z.string().max(100),
  response: applicationResponseSchema,
  /** It was closed, or cannot be, and is still there. */
  stays: z.boolean()
})
export type DeniedProgram = z.infer<typeof deniedProgramSchema>

/** Something that a page of the workspace was denied, counted. `host` has no path and no query; empty: it had none. */
export const siteDenialSchema = z.strictObject({
  why: z.enum([
    'navigation',
    'window',
    'part',
    'certificate',
    'download',
    'print',
    'upload',
    'camera',
    'microphone',
    'permission'
  ]),
  host: z.string().max(260),
  count: z.number().int().positive()
})
export type SiteDenial = z.infer<typeof siteDenialSchema>

/** Why the application in front is not open, though it was asked for. */
export const siteFailureSchema = z.strictObject({
  host: z.string().max(260),
  why: z.enum([
    'certificate',
    'certificate-date',
    'certificate-name',
    'certificate-issuer',
    'certificate-revoked',
    'not-on-the-list',
    'unreachable'
  ])
})
export type SiteFailure = z.infer<typeof siteFailureSchema>

const applicationView = z.strictObject({ id: z.string(), title: z.string() })

/** One line of pre-flight: what must be true before the desk opens. */
export const stepSchema = z.strictObject({
  id: z.enum(['program', 'keychain', 'hub', 'policy', 'camera', 'eyes', 'proxy', 'service', 'checks']),
  state: z.enum(['waiting', 'working', 'done', 'failed']),
  /** Key into the message catalogue for what to do, when it failed. */
  remedy: z.string().max(64).nullable(),
  detail: z.string().max(300)
})
export type PreflightStep = z.infer<typeof stepSchema>

/** What the newest answers about the room were, for the strip's words. Nothing is decided from it. */
export const sensedSchema = z.strictObject({
  people: z.number().int().min(0).max(50).nullable(),
  phone: z.enum(['present', 'absent', 'unknown'])
})
export type Sensed = z.infer<typeof sensedSchema>

/** A check as a person sees it: what it found, what follows from it, and since when that is known. */
export const checkViewSchema = checkResultSchema.extend({
  /** When its evidence was gathered, a wall clock label; null when there is none yet, or it is always of now. */
  seenAt: z.iso.datetime().nullable()
})
export type CheckView = z.infer<typeof checkViewSchema>

/** Where the desk's request that a check be waived stands. */
export const breakGlassStateSchema = z.discriminatedUnion('stage', [
  /** The policy lets these checks be waived on request; nothing is asked. */
  z.strictObject({ stage: z.literal('none') }),
  z.strictObject({ stage: z.literal('asked'), check: waivableCheckSchema, since: z.iso.datetime() }),
  z.strictObject({
    stage: z.literal('running'),
    check: waivableCheckSchema,
    approver: z.string().max(200),
    /** When it ends if nothing ends it before: a wall clock label. */
    until: z.iso.datetime()
  }),
  z.strictObject({
    stage: z.literal('over'),
    check: waivableCheckSchema,
    why: z.union([breakGlassEndSchema, z.enum(['declined', 'not-answered', 'refused'])])
  })
])
export type BreakGlassState = z.infer<typeof breakGlassStateSchema>

/** Everything the shell shows, as one small whole. */
export const shellStateSchema = z.strictObject({
  phase: z.enum(['starting', 'refused', 'enrolling', 'signed-out', 'signing-in', 'signed-in']),
  flavour: z.enum(['release', 'test', 'demo']),
  language: z.enum(['en', 'es']),
  desk: z.enum(['starting', 'signed-out', 'shown', 'hidden']),
  person: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  shiftSince: z.iso.datetime().nullable(),
  steps: z.array(stepSchema).max(12),
  reasons: z.array(reasonSchema).max(MAX_RULES),
  warnings: z.array(reasonSchema).max(MAX_RULES),
  camera: cameraStateSchema,
  /** Absent or null while no fresh answer is there: the strip then claims nothing about the room. */
  sensed: sensedSchema.nullish(),
  hub: z.strictObject({ state: z.enum(['unknown', 'reachable', 'unreachable']), since: z.iso.datetime() }),
  /** Alerts committed to the outbox and not yet at the hub. */
  waiting: z.number().int().nonnegative(),
  applications: z.array(applicationView).max(20),
  openApplication: z.string().nullable(),
  /** Programs that the person is warned of, or that hide the desk; absent when there are none. */
  deniedPrograms: z.array(deniedProgramSchema).max(32).optional(),
  /** What pages of the workspace were denied a moment ago; absent when nothing. */
  siteDenials: z.array(siteDenialSchema).max(9).optional(),
  /** The application in front did not open; absent while it is open or opening. */
  siteFailure: siteFailureSchema.optional(),
  checks: z.array(checkViewSchema).max(64),
  helpAsked: z.boolean(),
  /** Absent where the policy lets nobody waive anything; `waivable` are the checks that may be. */
  breakGlass: z
    .strictObject({ waivable: z.array(waivableCheckSchema).max(32), now: breakGlassStateSchema })
    .optional(),
  /** What a person who comes back to the sign-in has to be told; absent or null when nothing. */
  notice: z.enum(['session-ended']).nullish(),
  /** The newest thing that a supervisor did to this desk or wrote to the person; absent or null when nothing. */
  told: z
    .strictObject({
      id: z.uuid(),
      kind: instructionKindSchema,
      by: z.string().max(200),
      at: z.iso.datetime(),
      text: z.string().max(280).nullable()
    })
    .nullish(),
  /** Support mode, by whom and until when; absent while it does not run. */
  support: z.strictObject({ by: z.string().max(200), until: z.iso.datetime() }).optional(),
  /** True while the person works here without the hub having heard of it. */
  offline: z.boolean().optional()
})
export type ShellState = z.infer<typeof shellStateSchema>

/** What a blank window shows. */
export const blankStateSchema = z.strictObject({
  language: z.enum(['en', 'es']),
  desk: z.enum(['starting', 'signed-out', 'shown', 'hidden']),
  reasons: z.array(reasonSchema).max(MAX_RULES),
  /** True once the alerts of all of them are committed and synced to the outbox on disk. */
  recorded: z.boolean(),
  /** The checks of the computer that hide the desk, by their names, with the keys of what mends them. */
  unfit: z.array(z.strictObject({ id: z.string().max(64), remedy: z.string().max(64) })).max(32),
  /** Programs that hide the desk; absent when there are none. */
  deniedPrograms: z.array(deniedProgramSchema).max(32).optional(),
  /** A check that hides the desk may be waived on request. */
  mayAskException: z.boolean().optional(),
  helpAsked: z.boolean(),
  flavour: z.enum(['release', 'test', 'demo'])
})
export type BlankState = z.infer<typeof blankStateSchema>

/** Weights under the app's own scheme: their address and the SHA-256 of each file. */
const weightsSchema = z.strictObject({
  id: z.string().max(80),
  url: z.string().max(200),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/))
})

/** What the sensor is told: which scores count as present, and how hard to look. Sent when any of it changes. */
export const sensorSettingsSchema = z.strictObject({
  thresholds: z.strictObject({
    phone: z.number(),
    book: z.number(),
    person: z.number(),
    screen: z.number()
  }),
  /** The least that the camera must give; below it is weak. */
  limits: sensorLimitsSchema,
  /** Where somebody may be taken for the one who works, and where people are none. */
  room: roomSchema,
  /** Share of one core that looks may take in the long run under the policy, and what the computer can keep of it. */
  effort: z.strictObject({ coreShare: z.number().min(0.2).max(1), pace: paceSchema }),
  model: weightsSchema.extend({
    /** How an installed model is read; absent for the one that comes with the program. */
    definition: modelDefinitionSchema.optional(),
    /** Our own head on the features of the model that comes with the program. */
    head: weightsSchema.optional()
  }),
  /** Shows the camera's picture in the sensor's own window: benches and demos only. */
  preview: z.boolean()
})
export type SensorSettings = z.infer<typeof sensorSettingsSchema>
export type Weights = z.infer<typeof weightsSchema>

export const signInResultSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('signed-in') }),
  z.strictObject({
    outcome: z.literal('refused'),
    reason: z.enum([
      'bad-credentials',
      'too-many-tries',
      'hub-unreachable',
      'not-ready',
      'revoked',
      'quarantined',
      'not-your-desk',
      'not-certified',
      'not-attested',
      'device-unfit'
    ])
  })
])
export type SignInResult = z.infer<typeof signInResultSchema>

/** The alerts about the person who is signed in, as the hub has them. */
export const ownAlertsResultSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('known'), alerts: ownAlertsReplySchema.shape.alerts }),
  z.strictObject({ outcome: z.literal('hub-unreachable') })
])
export type OwnAlertsResult = z.infer<typeof ownAlertsResultSchema>

/** Every call between main and a window, as one value. Groups are granted per window kind. */
export const ipcSchema = {
  shell: {
    state: notify(shellStateSchema),
    signIn: invoke(
      z.strictObject({ email: z.string().min(3).max(200), password: z.string().min(1).max(200) }),
      signInResultSchema
    ),
    signOut: send(nothing),
    openApplication: send(z.string().max(40)),
    askHelp: send(nothing),
    /** Asks that a check be waived for a while. What becomes of it arrives with the state. */
    askException: send(z.strictObject({ check: waivableCheckSchema, reason: breakGlassReasonSchema })),
    /** The person has had enough of being helped: support mode ends. */
    endSupport: send(nothing),
    ownAlerts: invoke(nothing, ownAlertsResultSchema),
    /** Says that a decision about the person who is signed in is wrong. */
    appeal: invoke(z.strictObject({ alert: z.uuid(), statement: noteSchema }), appealOutcomeSchema),
    setLanguage: send(z.enum(['en', 'es'])),
    /** Height of the strip in CSS pixels: the workspace begins under it. */
    stripHeight: send(z.number().int().min(0).max(400)),
    endDemo: send(nothing)
  },
  blank: {
    state: notify(blankStateSchema),
    askHelp: send(nothing),
    signOut: send(nothing),
    endDemo: send(nothing)
  },
  sensor: {
    settings: notify(sensorSettingsSchema),
    observe: send(observationSchema),
    camera: send(cameraStateSchema),
    fault: send(
      z.strictObject({
        stage: z.enum(['model', 'backend', 'detect', 'camera']),
        message: z.string().max(300),
        /** The model that could not be used, for the stages `model` and `backend`. */
        model: z.string().max(80).optional()
      })
    )
  }
} as const satisfies Schema

export type IpcSchema = typeof ipcSchema
export type WindowKind = keyof IpcSchema
