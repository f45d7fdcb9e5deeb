/** The hub's door for tests and benches. Programs start it through main.ts. */
export { startHub, type Hub } from './serve'
export type { HubOptions } from './config'
