/** The part of the wasm backend that hands out memory. */
interface Allocator {
  _malloc: (bytes: number) => number
}

const guarded = new WeakSet<Allocator>()

const allocatorOf = (backend: unknown): Allocator | null => {
  if (typeof backend !== 'object' || backend === null || !('wasm' in backend)) return null
  const { wasm } = backend
  const isAllocator = (value: unknown): value is Allocator =>
    typeof value === 'object' && value !== null && '_malloc' in value && typeof value._malloc === 'function'
  return isAllocator(wasm) ? wasm : null
}

/**
 * Makes a failed allocation an error. wasm's own answer is the address 0, which the backend takes for memory like any
 * other: layers would overwrite one another, and the numbers that come out look like those of an empty room. Answers
 * false when this backend has no such allocator.
 */
export const refuseFailedAllocations = (backend: unknown): boolean => {
  const allocator = allocatorOf(backend)
  if (!allocator) return false
  if (guarded.has(allocator)) return true
  let allocate = allocator._malloc.bind(allocator)
  const checked = (bytes: number): number => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0)
      throw new RangeError(`The detector has no memory left for ${bytes} bytes.`)
    return address
  }
  // The module puts its own function in place of itself when it is first called: it must not put ours out of the way.
  Object.defineProperty(allocator, '_malloc', {
    configurable: true,
    get: () => checked,
    set: (own: Allocator['_malloc']) => {
      allocate = own
    }
  })
  guarded.add(allocator)
  return true
}
