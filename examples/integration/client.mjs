import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { pathToFileURL } from 'node:url'

/**
 * A system that tells the hub about calls, shifts and certifications. It needs Node and nothing else; the requests are
 * described in docs/integration.md.
 *
 *   HAVENDESK_KEY=hdk_… node examples/integration/client.mjs https://hub.example:8444 hub-ca.pem calls calls.json
 */
export class IntegrationClient {
  #hub
  #ca
  #key

  /** @param {{ hub: string, ca: string, key: string }} options Address, certificate authority (PEM), and key. */
  constructor({ hub, ca, key }) {
    this.#hub = hub
    this.#ca = ca
    this.#key = key
  }

  /** Who is on a call now. @param {{ person: string, state: string, since: string }[]} calls */
  calls(calls) {
    return this.#send('POST', 'calls', { calls })
  }

  /** The figures of a day. */
  callFigures(figures) {
    return this.#send('POST', 'call-figures', { figures })
  }

  /** Who works when: takes the place of what was known between `from` and `to`. */
  schedule(people) {
    return this.#send('POST', 'schedule', { people })
  }

  /** Licences and certifications with their last days: takes the place of all that was known of a person. */
  certifications(people) {
    return this.#send('POST', 'certifications', { people })
  }

  /** For whom calls may ring now. */
  readiness() {
    return this.#send('GET', 'readiness')
  }

  /** What the key is and may do. */
  key() {
    return this.#send('GET', 'key')
  }

  #send(method, name, body) {
    const text = body === undefined ? '' : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const call = request(
        new URL(`/integration/v1/${name}`, this.#hub),
        {
          method,
          ca: this.#ca,
          timeout: 10_000,
          headers: {
            authorization: `Bearer ${this.#key}`,
            ...(body === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
          }
        },
        (answer) => {
          const chunks = []
          answer.on('data', (chunk) => chunks.push(chunk))
          answer.on('error', reject)
          answer.on('end', () => {
            let value
            try {
              value = JSON.parse(Buffer.concat(chunks).toString('utf8'))
            } catch (cause) {
              reject(
                new Error(`the hub answered ${answer.statusCode} with something else than JSON`, { cause })
              )
              return
            }
            if (answer.statusCode === 200) resolve(value)
            else {
              const where = value.field === undefined ? '' : ` (${value.field})`
              reject(new Error(`${answer.statusCode} ${value.code}: ${value.message}${where}`))
            }
          })
        }
      )
      call.on('timeout', () => call.destroy(new Error('the hub did not answer within 10 s')))
      call.on('error', reject)
      call.end(text)
    })
  }
}

const commands = {
  calls: (client, file) => client.calls(file.calls),
  'call-figures': (client, file) => client.callFigures(file.figures),
  schedule: (client, file) => client.schedule(file.people),
  certifications: (client, file) => client.certifications(file.people),
  readiness: (client) => client.readiness(),
  key: (client) => client.key()
}

async function main([hub, caFile, command, file]) {
  const key = process.env.HAVENDESK_KEY
  const run = commands[command]
  if (hub === undefined || caFile === undefined || run === undefined || key === undefined)
    throw new Error(
      `usage: HAVENDESK_KEY=hdk_… client.mjs HUB CA.pem ${Object.keys(commands).join('|')} [FILE.json]`
    )
  const client = new IntegrationClient({ hub, ca: await readFile(caFile, 'utf8'), key })
  const told = file === undefined ? {} : JSON.parse(await readFile(file, 'utf8'))
  console.log(JSON.stringify(await run(client, told), null, 2))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
