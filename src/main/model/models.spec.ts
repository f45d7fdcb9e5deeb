import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { anyManifest } from '../../../test/model/manifest'
import type { ModelChoice } from '../../core/model/choose'
import { modelIdOf, type ModelManifest } from '../../core/model/manifest'
import { soleKey } from '../../core/trust/signed'
import { createPolicyKey } from '../../provision/keys/policy-key'
import { signModel } from '../../provision/model/sign'
import { verifyEd25519 } from '../policy/verify'
import { Models, type SensorModel } from './models'

const key = createPolicyKey()
const builtIn: SensorModel = {
  id: 'coco-ssd@1#000000000000',
  url: 'app://desk/models/coco-ssd/model.json',
  files: {}
}
const v = (version: number, change: Partial<ModelManifest> = {}) => anyManifest({ version, ...change })
const sign = (manifest: ModelManifest, by = key) => signModel(manifest, by)

/** Models at a desk under a policy that can be changed. */
function desk(wanted: ModelChoice | null) {
  const world = { wanted, inUse: false, said: [] as string[] }
  const models = new Models({
    builtIn,
    dataFolder: '/data',
    verify: verifyEd25519,
    policy: () => {
      const policy = demoPolicy('Demo Care', 1)
      return world.wanted === null ? policy : { ...policy, sensor: { ...policy.sensor, model: world.wanted } }
    },
    inUse: () => world.inUse,
    chosen: (first) => world.said.push(`${first ? 'first' : 'then'} ${models.settings?.id ?? 'none'}`),
    missing: (isMissing, what) => {
      if (isMissing) world.said.push(`missing ${what}`)
    },
    event: (code, detail) => world.said.push(`${code} ${detail}`),
    check: () => world.said.push('check')
  })
  models.trust(soleKey(key.root), 'Demo Care')
  return Object.assign(world, { models })
}
const asks = (minVersion: number, orBuiltIn = false): ModelChoice => ({
  name: 'desk-eyes',
  minVersion,
  orBuiltIn
})

describe('Models', () => {
  it('lets the program’s own model look while the policy says nothing, whatever is offered', () => {
    const { models, said } = desk(null)
    models.settle()
    models.offer(sign(v(3)))
    expect(models.settings).toEqual(builtIn)
    expect(said).toEqual([`first ${builtIn.id}`])
  })

  it('hides the desk until the model that the policy names is there, and tells the sensor all of it then', () => {
    const { models, said } = desk(asks(3))
    models.settle()
    expect([models.settings, models.isMissing]).toEqual([null, true])
    models.offer(sign(v(2)))
    expect(models.isMissing).toBe(true)
    models.offer(sign(v(3)))
    const id = modelIdOf(v(3))
    expect(models.settings).toEqual({
      id,
      url: 'app://desk/installed-models/desk-eyes/3/',
      files: { 'model.json': 'a'.repeat(64), 'weights.bin': 'b'.repeat(64) },
      definition: v(3).definition
    })
    expect(said).toEqual(['missing desk-eyes@3', `then ${id}`])
  })

  it('takes none that another key signed, that is another organisation’s, or that is a policy', () => {
    const { models, said } = desk(asks(1))
    models.offer(sign(v(3), createPolicyKey()))
    models.offer(sign(v(3, { organisation: 'Other Care' })))
    models.offer({ ...sign(v(3)), signatures: [] as never })
    expect(models.settings).toBeNull()
    expect(said).toEqual([
      'model-refused not signed by the pinned key',
      'model-refused for another organisation',
      'model-refused unreadable: signatures'
    ])
  })

  it('lets a newer one wait while somebody works, but not one without which the policy is broken', () => {
    const at = desk(asks(1))
    const { models } = at
    models.offer(sign(v(3)))
    at.inUse = true
    models.offer(sign(v(4)))
    expect(models.settings?.id).toBe(modelIdOf(v(3)))
    at.inUse = false
    models.settle()
    expect(models.settings?.id).toBe(modelIdOf(v(4)))
    at.inUse = true
    models.offer(sign(v(5)))
    at.wanted = asks(5)
    models.settle()
    expect(models.settings?.id).toBe(modelIdOf(v(5)))
    at.wanted = asks(6)
    models.settle()
    expect(models.isMissing).toBe(true)
  })

  it('D6 goes back to the last good version when a file is not what was signed, once, and never loops', () => {
    const { models, said } = desk(asks(3))
    models.offer(sign(v(3)))
    models.offer(sign(v(4)))
    expect(models.altered('/installed-models/desk-eyes/4/weights.bin')).toBe(true)
    expect(models.settings?.id).toBe(modelIdOf(v(3)))
    // What the sensor says of the one that was on its way out changes nothing more.
    models.failed(modelIdOf(v(4)), 'model', 'could not be read (404)')
    models.altered('/installed-models/desk-eyes/4/model.json')
    for (let again = 0; again < 5; again += 1) models.settle()
    expect(models.settings?.id).toBe(modelIdOf(v(3)))
    expect(said.filter((line) => line.startsWith('model-broken'))).toEqual([
      `model-broken ${modelIdOf(v(4))}: weights.bin is not what was signed`
    ])
    // The courier fetched it anew.
    models.offer(sign(v(4)))
    expect(models.settings?.id).toBe(modelIdOf(v(4)))
  })

  it.each([
    [asks(4, true), builtIn.id],
    [asks(4), undefined]
  ])('under %j a broken model leaves %s to look', (wanted, expected) => {
    const { models } = desk(wanted)
    models.offer(sign(v(3)))
    models.offer(sign(v(4)))
    models.failed(modelIdOf(v(4)), 'model', 'The graph does not run.')
    expect(models.settings?.id).toBe(expected)
    expect(models.isMissing).toBe(expected === undefined)
  })

  it('tries a model again that only the backend failed, when nothing else may look', () => {
    const only = desk(asks(4))
    only.models.offer(sign(v(4)))
    only.models.failed(modelIdOf(v(4)), 'backend', 'No backend')
    expect(only.models.settings?.id).toBe(modelIdOf(v(4)))
    const two = desk(asks(3))
    two.models.offer(sign(v(3)))
    two.models.offer(sign(v(4)))
    two.models.failed(modelIdOf(v(4)), 'backend', 'No backend')
    expect(two.models.settings?.id).toBe(modelIdOf(v(3)))
  })

  it('serves the files of installed models, each under the hash of its bytes, and nothing else', () => {
    const { models } = desk(asks(3))
    models.offer(sign(v(3)))
    expect(models.served('/installed-models/desk-eyes/3/weights.bin')).toEqual({
      path: `/data/models/files/${'b'.repeat(64)}`,
      type: 'application/octet-stream',
      sha256: 'b'.repeat(64)
    })
    for (const path of [
      '/installed-models/desk-eyes/3/',
      '/installed-models/desk-eyes/2/model.json',
      '/models/x'
    ])
      expect([path, models.served(path), models.altered(path)]).toEqual([path, undefined, false])
  })
})
