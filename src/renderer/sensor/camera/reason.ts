import type { CameraState } from '../../../core/observation/observation'

type Lost = Extract<CameraState, { state: 'lost' }>

const reasons: Readonly<Record<string, Lost['reason']>> = {
  NotFoundError: 'none-found',
  OverconstrainedError: 'none-found',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'in-use',
  AbortError: 'in-use'
}

/** Why a camera could not be opened, from what the browser threw. */
export const lostBecause = (error: unknown): Lost => {
  const name = error instanceof Error ? error.name : ''
  const detail = error instanceof Error ? `${name}: ${error.message}` : String(error)
  return { state: 'lost', reason: reasons[name] ?? 'failed', detail: detail.slice(0, 300) }
}
