import type { Privileged } from '../contract'

export const privileged: Privileged = {
  firewall: () => Promise.reject(new Error('not written yet')),
  volumes: () => Promise.reject(new Error('not written yet')),
  tpm: () => Promise.reject(new Error('not written yet'))
}
