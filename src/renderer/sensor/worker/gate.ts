import type { BackendName } from '../../../vision/backend'

interface Adapter {
  readonly isFallbackAdapter?: boolean
  readonly info?: {
    readonly isFallbackAdapter?: boolean
    readonly description?: string
    readonly vendor?: string
  }
}
interface Gpu {
  requestAdapter(): Promise<Adapter | null>
}

const software = /swiftshader|llvmpipe|software|basic render/i

const againstWebGpu = async (): Promise<string | null> => {
  const { gpu } = navigator as { readonly gpu?: Gpu }
  if (!gpu) return 'This runtime has no WebGPU.'
  const adapter = await gpu.requestAdapter().catch(() => null)
  if (!adapter) return 'No graphics adapter for WebGPU.'
  const fallback = adapter.isFallbackAdapter === true || adapter.info?.isFallbackAdapter === true
  return fallback || software.test(`${adapter.info?.description} ${adapter.info?.vendor}`)
    ? 'WebGPU is emulated in software here.'
    : null
}

const againstWebGl = (): string | null => {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (!context) return 'No WebGL 2 here.'
  const unmasked = context.getExtension('WEBGL_debug_renderer_info')
  const renderer: unknown = context.getParameter(unmasked?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER)
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return software.test(String(renderer)) ? 'WebGL is emulated in software here.' : null
}

/** What rules a backend out on this machine before it is tried; null when nothing does. */
export const reasonAgainst = async (backend: BackendName): Promise<string | null> => {
  switch (backend) {
    case 'webgpu':
      return againstWebGpu()
    case 'webgl':
      return againstWebGl()
    case 'wasm':
      return null
  }
}
