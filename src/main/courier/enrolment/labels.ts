import { hostname } from 'node:os'
import machineId from 'node-machine-id'

/** Names for people to recognise a machine by. Cloned disks share them: labels, never proof. */
export interface MachineLabels {
  readonly machineLabel: string
  readonly hostLabel: string
}

/** Reads the labels; a machine that has no id is `unknown`. */
export async function readLabels(): Promise<MachineLabels> {
  return { machineLabel: await readMachineLabel(), hostLabel: hostname().slice(0, 100) }
}

async function readMachineLabel(): Promise<string> {
  try {
    return (await machineId.machineId()).slice(0, 100)
  } catch {
    return 'unknown' // nothing depends on it: a label that is missing is said to be missing
  }
}
