import { fail, pass, type Finding } from '../finding'

/** No more storage hangs at a port of this computer than may. `count`: drives that hold something. */
export function judgeUsbStorage(
  count: number,
  { maxDrives = 0 }: { readonly maxDrives?: number | undefined }
): Finding {
  if (count === 0) return pass('no USB storage')
  const found = `${count} USB storage ${count === 1 ? 'drive' : 'drives'}`
  return count <= maxDrives
    ? pass(`${found}, of ${maxDrives} that may be there`)
    : fail(found, 'remedy.usb-storage.found')
}
