/** What the desk head can be asked for: things on a desk that matter and that coco-ssd often misses. */
export const deskKinds = ['phone', 'book'] as const
export type DeskKind = (typeof deskKinds)[number]

export const isDeskKind = (value: unknown): value is DeskKind => deskKinds.some((kind) => kind === value)
