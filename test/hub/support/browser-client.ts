import { request } from 'undici'
import { CONSOLE_HEADER } from '../../../src/contract/wire/v1/console'

/** Speaks to the console API with a jar of cookies, as a browser does: several of them, replaced and taken away. */
export class BrowserClient {
  readonly cookies = new Map<string, string>()
  constructor(readonly origin: string) {}

  async send(method: 'GET' | 'POST', path: string, body: unknown = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await request(`${this.origin}${path}`, {
      method,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        'user-agent': 'Test browser',
        ...(method === 'POST'
          ? { origin: this.origin, [CONSOLE_HEADER]: '1', 'content-type': 'application/json' }
          : {})
      },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {})
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [name, value = ''] = (line.split(';')[0] ?? '').split('=')
      if (value === '' || /Expires=Thu, 01 Jan 1970/.test(line)) this.cookies.delete(name ?? '')
      else this.cookies.set(name ?? '', value)
    }
    const text = await answer.body.text()
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    const json: any = isJson ? JSON.parse(text) : null // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
    return { status: answer.statusCode, headers: answer.headers, json }
  }

  signIn(email: string, password: string) {
    return this.send('POST', '/console/v1/sign-in', { email, password })
  }

  /** Gives everything of the way in up but that it is known. */
  forgetSession(): void {
    for (const name of [...this.cookies.keys()]) if (!name.endsWith('known')) this.cookies.delete(name)
  }
}
