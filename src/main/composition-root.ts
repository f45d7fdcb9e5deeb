import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app, type WebContents } from 'electron'
import type { ToCourier } from '../contract/helper/courier'
import { thresholdDigest } from '../core/attestation/digest'
import { FLAVOUR } from '../core/flavour'
import { hardenApplication, hasDevTools } from './hardening/application'
import { blankHandlers } from './ipc/handlers/blank'
import { sensorHandlers } from './ipc/handlers/sensor'
import { shellHandlers } from './ipc/handlers/shell'
import type { AllNotifiers } from './ipc/serve'
import { verifyEd25519 } from './policy/verify'
import { systemClock as clock } from './session/clock'
import { CourierLink } from './session/courier-link'
import type { Applications } from './session/applications'
import { countRefusals } from './session/count-refusals'
import { Desk } from './session/desk'
import { recordLooks } from './session/look-recording'
import { Reach } from './session/reach'
import { Publisher } from './session/publisher'
import { SensorRestarts } from './session/sensor-restarts'
import { sensorSettingsOf } from './session/sensor-settings'
import type { StartOptions } from './startup/options'
import type { DesktopLock } from './session/lock-down'
import type { Sequence } from './startup/sequence'
import { courier } from './startup/steps/courier'
import { desktopLock } from './startup/steps/desktop-lock'
import { desktopRules, type DesktopRules } from './startup/steps/desktop-rules'
import { exitMarker } from './startup/steps/exit-marker'
import { guard } from './startup/steps/guard'
import { input } from './startup/steps/input'
import { ipc } from './startup/steps/ipc'
import { machineEvents } from './startup/steps/machine-events'
import { pages } from './startup/steps/pages'
import { BatteryReport } from './session/battery-report'
import { power } from './startup/steps/power'
import type { ProbeHandle } from './startup/steps/probe'
import { startProbe } from './startup/start-probe'
import { refuseStart } from './startup/steps/refuse-start'
import { proxy } from './startup/steps/proxy'
import { blanks, sensor, shell } from './startup/steps/windows'
import { endDemo } from './startup/end-demo'
import { unsafeStartHere } from './startup/unsafe-start-here'
import { watchProgram } from './startup/watch-program'
import type { OpenLog } from './log/logger'
import { modelHashOf } from './model/measure'
import { openModels } from './model/open-models'
import type { Models } from './model/models'
import { WindowRegistry } from './windows/registry'
import { Stage } from './windows/stage'
import { Denials, later } from './workspace/denials'
import { tellDenied } from './workspace/tell-denied'
import { Workspace } from './workspace/workspace'

/** What must be in place before `ready`: the locks on every session and contents, and what they refer to. */
export interface Foundation {
  readonly registry: WindowRegistry<WebContents>
  readonly stage: Stage
  readonly desk: Desk
  readonly denials: Denials
  readonly refusedHosts: ReturnType<typeof countRefusals>
  /** Main must be told of whatever could not be caught closer to its cause. */
  readonly covered: (error: unknown) => void
  readonly lateBound: LateBound
}

/** Parts that exist only once their step is performed. */
interface LateBound {
  notify: AllNotifiers | null
  workspace: Workspace | null
  restarts: SensorRestarts | null
  models: Models | null
  reach: Reach | null
  applications: Applications | null
  desktopLock: DesktopLock | null
  desktopRules: DesktopRules | null
  probe: ProbeHandle | null
  link: CourierLink | null
  tellCourier: (message: ToCourier) => void
  /** What the sensor was told last, for the courier to attest. */
  sensing: Extract<ToCourier, { kind: 'sensing' }> | null
  publisher: Publisher
}

/** Wires what decides. Runs before `ready`, touches no window and no process. */
export function layFoundation({ log }: OpenLog, { recordTo }: Pick<StartOptions, 'recordTo'>): Foundation {
  const registry = new WindowRegistry<WebContents>()
  const stage = new Stage((error) => {
    log.error({ error }, 'covering failed in part')
  })
  const late: LateBound = {
    notify: null,
    workspace: null,
    restarts: null,
    models: null,
    reach: null,
    applications: null,
    desktopLock: null,
    desktopRules: null,
    probe: null,
    link: null,
    tellCourier: () => undefined,
    sensing: null,
    publisher: new Publisher(
      () => desk,
      clock,
      () => late.notify,
      (snapshot) => {
        late.tellCourier({ kind: 'desk', desk: snapshot })
      }
    )
  }
  const desk: Desk = new Desk({
    flavour: FLAVOUR,
    clock,
    hands: stage,
    log: log.for('desk'),
    verify: verifyEd25519,
    looked: recordLooks(recordTo, log.for('recording')),
    policyChanged: () => {
      late.reach?.settle()
      late.workspace?.settle()
      late.applications?.expect(desk.facts.policy?.applications)
      late.models?.settle()
      late.restarts?.settingsChanged()
      late.probe?.lookAgain()
    },
    lookAgain: () => {
      late.probe?.lookAgain()
      late.applications?.again()
    },
    openApplication: (application) => late.workspace?.open(application),
    alsoLook: () => {
      late.reach?.look()
      late.applications?.look()
    },
    changed: (urgent) => {
      late.publisher.changed(urgent)
      late.models?.settle()
      late.desktopLock?.settle()
      late.desktopRules?.settle()
    },
    breakGlassWaits: (waiting) => late.tellCourier({ kind: 'break-glass', waiting }),
    restartSensor: (why) => {
      // While no model may look, a sensor that says nothing does as it should.
      if (late.models?.isMissing !== true) late.restarts?.restart(why)
    }
  })
  const navigation = countRefusals(desk, 'navigation-refused')
  const refusedHosts = countRefusals(desk, 'host-refused')
  const denials = new Denials({ changed: (siteDenials) => desk.update({ siteDenials }), later })
  hardenApplication({
    flavour: FLAVOUR,
    isSensor: (id) => registry.kindOf(id) === 'sensor',
    softphone: (id) => late.workspace?.microphoneOf(id) ?? null,
    mayGo: (id, url) => late.workspace?.mayGo(id, url) ?? false,
    ...tellDenied({ registry, tabs: () => late.workspace, navigation, hosts: refusedHosts, denials }),
    weak: (names) => {
      log.error({ names }, 'a page with weak preferences was ended')
      navigation.count('unknown', `weak preferences: ${names.join(', ')}`)
    }
  })
  const covered = (error: unknown): void => {
    stage.blank()
    desk.fault()
    log.error({ error }, 'a fault in main')
  }
  return { registry, stage, desk, denials, refusedHosts, covered, lateBound: late }
}

/** Starts everything, each as a step that can be undone. Runs after `ready`. */
export async function start(
  { registry, stage, desk, denials, refusedHosts, lateBound: late }: Foundation,
  { log }: OpenLog,
  options: StartOptions,
  sequence: Sequence,
  closing: () => boolean
): Promise<void> {
  const boot = randomUUID()
  const program = app.getAppPath()
  const programs = join(program, 'main')
  const own = { registry, preload: (kind: string) => join(program, 'preload', `${kind}.cjs`) }
  const refusedCalls = countRefusals(desk, 'ipc-refused')
  // Of its own: names that a page makes up crowd it out of no list.
  const floods = countRefusals(desk, 'ipc-refused')
  const died = (name: string) => (): void => {
    desk.event('helper-died', name)
  }

  const unclean = await sequence.perform(exitMarker(options.dataFolder, boot))
  if (unclean !== null) desk.event('unclean-exit', unclean.boot ?? 'unknown run')

  const models = openModels(desk, {
    dataFolder: options.dataFolder,
    chosen: (id, first) => {
      log.info({ model: id }, 'the model that looks')
      late.restarts?.settingsChanged()
      if (!first) late.restarts?.restart('another model')
    },
    check: () => {
      late.tellCourier({ kind: 'check-models' })
    }
  })
  late.models = models
  const sessions = await sequence.perform(
    pages(
      program,
      log,
      hasDevTools(FLAVOUR),
      (path) => {
        log.error({ path }, 'a model file is not the one of the manifest')
        if (!models.altered(path)) desk.step('eyes', 'failed', 'remedy.model-changed', path)
      },
      models.served
    )
  )
  // Without a courier a request is not ready.
  const nobody = new CourierLink({ desk, post: () => false, reopen: () => undefined })
  const linked = (): CourierLink => late.link ?? nobody
  const stripHeight = (pixels: number): void => {
    if (late.workspace !== null) late.workspace.stripHeight = pixels
  }
  const serving = await sequence.perform(
    ipc({
      registry,
      handlers: {
        shell: shellHandlers({ desk, courier: linked, stripHeight, endDemo }),
        blank: blankHandlers({ desk, courier: linked, endDemo }),
        sensor: sensorHandlers(desk, log.for('sensor'), (id, stage, problem) => {
          models.failed(id, stage, problem)
        })
      },
      refused: (call, reason) => {
        refusedCalls.count(call, reason)
      },
      flooded: (window) => {
        floods.count(window, 'floods, ended')
      },
      log: log.for('ipc'),
      now: clock.now
    })
  )
  late.notify = serving.notify
  stage.attachBlanks(
    await sequence.perform(
      blanks({ ...own, session: sessions.desk }, () => {
        desk.unsettled('displays changed', (check) => check === 'displays')
      })
    )
  )
  const shellWindow = await sequence.perform(shell({ ...own, session: sessions.desk }, closing))
  shellWindow.webContents.once('did-finish-load', () => {
    if (desk.state.person === null) stage.showSignIn()
  })
  const workspace = new Workspace({
    shell: shellWindow,
    desk,
    denied: (why, host, detail) => {
      refusedHosts.count(host, detail)
      denials.add(why, host)
    },
    left: (error) => {
      log.for('workspace').error({ error }, 'something of a closed session is left')
      desk.event('unclean-exit', 'a closed workspace is not empty')
    },
    fault: (error) => {
      log.for('workspace').error({ error }, 'a view did not open')
    },
    changed: () => {
      const { front, failure } = workspace
      if (front === null) denials.clear()
      desk.update({ openApplication: front, siteFailure: failure })
    }
  })
  late.workspace = workspace
  stage.attachWorkspace(workspace, shellWindow)
  late.desktopRules = await sequence.perform(desktopRules(desk, shellWindow))
  stage.attachClipboard(late.desktopRules.guard)
  desk.watch()

  await sequence.perform(
    guard({
      programs,
      log: log.for('guard'),
      missing: (isMissing) => {
        desk.missing('guard', isMissing)
      },
      died: died('guard')
    })
  )
  await watchProgram(sequence, desk, {
    program,
    programs,
    dataFolder: options.dataFolder,
    log: log.for('integrity')
  })
  desk.step('proxy', 'working')
  const reach = new Reach({ desk, now: clock.now, serviceSocket: options.serviceSocket })
  reach.proxy = await sequence.perform(
    proxy({
      programs,
      log: log.for('proxy'),
      allowed: () => reach.allowed(),
      listening: (ports) => {
        desk.step('proxy', 'done')
        workspace.proxy(ports)
      },
      refused: (authority, count) => {
        desk.event('host-refused', authority, count)
      },
      died: () => {
        workspace.proxy(null)
        desk.step('proxy', 'failed', 'remedy.proxy-failed')
        died('proxy')()
      }
    })
  )
  late.reach = reach
  const battery = new BatteryReport()
  const probing = await startProbe(sequence, desk, {
    programs,
    log: log.for('probe'),
    serviceSocket: options.serviceSocket,
    reach,
    battery,
    died: died('probe')
  })
  late.probe = probing.probe
  late.applications = probing.applications
  late.desktopLock = await sequence.perform(desktopLock(desk, options.serviceSocket))
  await sequence.perform(
    machineEvents((why) => {
      desk.unsettled(why, why.startsWith('graphics') ? () => false : undefined)
    })
  )
  await sequence.perform(
    power(battery, (pace) => {
      log.info({ ...pace }, 'pace of looking')
      desk.update({ pace })
      late.restarts?.settingsChanged()
    })
  )
  await sequence.perform(
    input(
      () => desk.state.person !== null,
      (agoMs) => late.tellCourier({ kind: 'input', agoMs: Math.round(agoMs) })
    )
  )
  const sensorWindow = await sequence.perform(
    sensor({
      ...own,
      session: sessions.sensor,
      preview: options.preview,
      gone: (reason) => late.restarts?.restart(reason)
    })
  )
  late.restarts = new SensorRestarts({
    desk,
    window: sensorWindow,
    now: clock.now,
    closing,
    settings: (policy) => {
      const model = models.settings
      if (model === null) return
      late.sensing = {
        kind: 'sensing',
        model: model.id,
        modelHash: modelHashOf(model),
        thresholds: thresholdDigest(policy)
      }
      late.tellCourier(late.sensing)
      const { pace } = desk.facts.pace
      serving.notify.sensor.settings(sensorSettingsOf(policy, { model, pace, preview: options.preview }))
    }
  })
  const unsafe = FLAVOUR === 'release' ? unsafeStartHere(program) : []
  const courierParts = {
    programs,
    log: log.for('courier'),
    open: {
      kind: 'open',
      dataFolder: options.dataFolder,
      boot,
      build: app.getVersion(),
      keychainService: FLAVOUR === 'release' ? 'havendesk' : `havendesk-${FLAVOUR}`,
      program
    }
  } as const
  if (unsafe.length > 0) {
    log.error({ unsafe }, 'started in a way that is not allowed')
    await sequence.perform(refuseStart({ ...courierParts, desk, unsafe, died: died('courier') }))
    return
  }
  desk.step('keychain', 'working')
  const running = await sequence.perform(
    courier({
      ...courierParts,
      also: () => (late.sensing === null ? [] : [late.sensing]),
      link: (parts) => {
        late.tellCourier = (message) => {
          parts.post(message)
        }
        const link = new CourierLink({ desk, models, hubAt: (hub) => reach.hubAt(hub), ...parts })
        late.link = link
        return link
      },
      died: () => {
        died('courier')()
        late.publisher.courierStarted()
      }
    })
  )
  late.link = running.link
}
