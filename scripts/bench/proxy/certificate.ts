import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCertificate, type HubCertificate } from '../../../src/hub/tls/authority'

/** A certificate for 127.0.0.1 with a P-256 key, as most sites have one, and its authority; made for this run alone. */
export async function certificateForLoopback(): Promise<HubCertificate> {
  const folder = await mkdtemp(join(tmpdir(), 'hd-bench-tls-'))
  try {
    return await ensureCertificate(folder, ['127.0.0.1'], new Date())
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
