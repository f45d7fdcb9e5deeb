import { z } from 'zod'
import { judgeDisplays, type Display } from '../../../core/check/judge/displays'
import type { Check } from '../../contract/check'
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
