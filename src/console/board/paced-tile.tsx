import { memo, useCallback, useSyncExternalStore, type ReactNode } from 'react'
import { DeskTile } from './desk-tile'
import type { PacedTiles } from './tile-pacer'

interface Props {
  readonly paced: PacedTiles
  readonly id: string
  readonly selected: boolean
  readonly reachable: boolean
  readonly onOpen: (workstation: string) => void
}

/** The tile of one desk, which follows its own row and no other. */
export const PacedTile = memo(function PacedTile({ paced, id, ...rest }: Props): ReactNode {
  const subscribe = useCallback((listener: () => void) => paced.subscribe(id, listener), [paced, id])
  const tile = useSyncExternalStore(subscribe, () => paced.get(id))
  return tile === undefined ? null : <DeskTile tile={tile} {...rest} />
})
