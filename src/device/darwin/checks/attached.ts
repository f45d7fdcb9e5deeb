import { z } from 'zod'
import { judgeDisplays, type Display } from '../../../core/check/judge/displays'
import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import { judgeCameras } from '../../../core/check/judge/virtual-camera'
import { judgeWifi, type WifiNetwork, type WifiProtection } from '../../../core/check/judge/wifi'
import type { Check } from '../../contract/check'
import { garbled, ifThere } from '../../contract/sources'
import { profile } from '../tools'

const displaySchema = z.looseObject({
  spdisplays_online: z.string().optional(),
  spdisplays_connection_type: z.string().optional(),
  spdisplays_mirror: z.string().optional()
})

/** SPDisplaysDataType: graphics cards, each with its displays. It tells no places, but says what mirrors. */
export const displays: Check = {
  name: 'displays',
  pace: 'often',
  look: async (sources, rules) => {
    const card = z.looseObject({ spdisplays_ndrvs: z.array(displaySchema).optional() })
    const cards = await profile(sources, 'SPDisplaysDataType', z.array(card).min(1).max(8))
    const found = cards
      .flatMap(({ spdisplays_ndrvs: own }) => own ?? [])
      .filter((one) => one.spdisplays_online !== 'spdisplays_no')
      .map((one, at): Display => ({
        builtIn: one.spdisplays_connection_type === 'spdisplays_internal',
        mirrors: one.spdisplays_mirror === 'spdisplays_on',
        x: at,
        y: 0,
        width: 1,
        height: 1
      }))
    return judgeDisplays(found, rules.displays)
  }
}

/** diskutil's list of real disks outside the computer; an empty list is one too. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources) => {
    const plist = await sources.tool('/usr/sbin/diskutil', ['list', '-plist', 'external', 'physical'])
    if (!plist.trimEnd().endsWith('</plist>')) throw garbled('diskutil')
    const list = /<key>WholeDisks<\/key>\s*(?:<array\/>|<array>([\s\S]*?)<\/array>)/.exec(plist)
    if (list === null) throw garbled('diskutil')
    return judgeUsbStorage([...(list[1] ?? '').matchAll(/<string>disk\d+<\/string>/g)].length)
  }
}

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

const networkSchema = z.looseObject({ _name: z.string(), spairport_security_mode: z.string().optional() })

/** SPAirPortDataType. Newer systems hide the network's name from programs without leave to know the place: `<redacted>`. */
export const wifi: Check = {
  name: 'wifi',
  pace: 'seldom',
  look: async (sources, rules) => {
    const card = z.looseObject({
      spairport_current_network_information: networkSchema.optional(),
      spairport_status_information: z.string().optional()
    })
    const group = z.looseObject({ spairport_airport_interfaces: z.array(card) })
    const groups = await profile(sources, 'SPAirPortDataType', z.array(group).min(1).max(4))
    const networks = groups
      .flatMap(({ spairport_airport_interfaces: own }) => own)
      .flatMap((one): readonly WifiNetwork[] => {
        const network = one.spairport_current_network_information
        if (network === undefined) return []
        return [{ name: network._name, protection: protectionOf(network.spairport_security_mode ?? '') }]
      })
    return judgeWifi(networks, rules.wifi)
  }
}

function protectionOf(mode: string): WifiProtection {
  if (/wpa3/.test(mode)) return 'wpa3'
  if (/wpa2/.test(mode)) return 'wpa2'
  if (/wpa/.test(mode)) return 'wpa'
  if (/wep/.test(mode)) return 'wep'
  return /none|open/.test(mode) ? 'open' : 'unknown'
}
