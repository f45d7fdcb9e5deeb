import { addPerson } from '../../../src/provision/index'
import { IntegrationClient } from '../../../examples/integration/client.mjs'
import type { ConsoleClient } from './console-client'
import type { OTHER } from './world'
import { DEMO, PASSWORD, type World } from './world'

/** Somebody of IT at the console of an organisation. */
export async function itConsole(
  world: World,
  place: typeof DEMO | typeof OTHER = DEMO
): Promise<ConsoleClient> {
  const email = `it@${place === DEMO ? 'demo' : 'other'}.connections.example`
  await addPerson(world.hub.store.db, { ...place, name: 'IT', email, role: 'it', password: PASSWORD })
  return world.console(email)
}

export const integrationUrl = (world: World): string =>
  `https://localhost:${String(world.hub.integrationPort)}`

/** The sample client with a key that IT just made. */
export async function clientWith(
  world: World,
  it: ConsoleClient,
  scopes: readonly string[]
): Promise<{ readonly id: string; readonly key: string; readonly client: IntegrationClient }> {
  const made = await it.send('POST', '/console/v1/integration/keys', { name: 'telephony', scopes })
  if (made.status !== 200) throw new Error(JSON.stringify(made.json))
  const { id, key } = made.json as { id: string; key: string }
  return { id, key, client: new IntegrationClient({ hub: integrationUrl(world), ca: world.hub.ca, key }) }
}
