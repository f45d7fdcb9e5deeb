import { z } from 'zod'
import { judgeCameras } from '../../../core/check/judge/virtual-camera'
import type { Check } from '../../contract/check'
import { ifThere } from '../../contract/sources'
import { profile } from '../tools'

const PLUG_INS = '/Library/CoreMediaIO/Plug-Ins/DAL'

/** Cameras by SPCameraDataType, and plug-ins of the older kind, which stand in for cameras in other programs. */
export const virtualCamera: Check = {
  name: 'virtual-camera',
  pace: 'often',
  look: async (sources) => {
    const camera = z.looseObject({
      _name: z.string().max(200),
      'spcamera_model-id': z.string().max(200).optional()
    })
    const cameras = await profile(sources, 'SPCameraDataType', z.array(camera).max(16))
    const plugIns = (await ifThere(sources.folder(PLUG_INS))) ?? []
    return judgeCameras(
      cameras.map(({ _name }) => ({ name: _name, virtual: false })),
      plugIns.filter((name) => name.endsWith('.plugin')).map((name) => `plug-in ${name}`)
    )
  }
}
