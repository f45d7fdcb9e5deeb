import { judgeCameras } from '../../../core/check/judge/virtual-camera'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

const CLASS = '/sys/class/video4linux'
/** Modules that make cameras without hardware. */
const modules = ['v4l2loopback', 'akvcam', 'vivid', 'vloopback', 'vcam']

/** Cameras that the kernel hangs under its virtual devices, or that have a known name; and modules that can make some. */
export const virtualCamera: Check = {
  name: 'virtual-camera',
  pace: 'often',
  look: async (sources) => {
    const classes = await sources.folder('/sys/class')
    const names = classes.includes('video4linux') ? await sources.folder(CLASS) : []
    const cameras = await Promise.all(
      names.map(async (device) => {
        const place = await sources.link(`${CLASS}/${device}`)
        if (!place.startsWith('../../devices/')) throw garbled(`${CLASS}/${device}`)
        const { text } = await sources.file(`${CLASS}/${device}/name`)
        const name = /^([^\p{C}]{1,120})\n?$/u.exec(text)?.[1]
        if (name === undefined) throw garbled('the name of a camera')
        return { name, virtual: place.startsWith('../../devices/virtual/') }
      })
    )
    const loaded = loadedModules((await sources.file('/proc/modules')).text)
    return judgeCameras(
      cameras,
      modules.filter((name) => loaded.has(name)).map((name) => `driver ${name}`)
    )
  }
}

/** Each line of /proc/modules: name, size, uses, users, state, address. A kernel without modules has no such file. */
function loadedModules(text: string): ReadonlySet<string> {
  const lines = text.split('\n').filter((line) => line !== '')
  if (lines.length === 0) throw garbled('/proc/modules')
  return new Set(
    lines.map((line) => {
      const name = /^(\S+) \d+ -?\d+ \S+ (Live|Loading|Unloading) 0x[0-9a-f]+/.exec(line)?.[1]
      if (name === undefined) throw garbled('/proc/modules')
      return name
    })
  )
}
