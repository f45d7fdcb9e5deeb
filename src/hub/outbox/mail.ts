import { createTransport } from 'nodemailer'
import type { HookBody } from '../../contract/wire/v1/hook'
import { readBody } from './body'
import { failed, type Sender, type Sent } from './send'

/** Longest wait for a mail server, milliseconds. */
const PATIENCE_MS = 10_000

export interface MailSettings {
  /** `smtp://` or `smtps://`, with name and password where the server asks for them. */
  readonly url: string
  /** Whom mail comes from. */
  readonly from: string
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/

/** Sends mail by SMTP. Beyond this machine only over TLS, whatever the server offers. */
export function createMailSender(settings: MailSettings | null, origin: () => string): Sender {
  if (settings === null)
    return { send: () => Promise.resolve(failed('no-mail-server')), close: () => Promise.resolve() }
  const url = new URL(settings.url)
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    requireTLS: !loopback.test(url.hostname),
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  return {
    send: async ({ id, body, target, createdAt }): Promise<Sent> => {
      const words = wordsOf(readBody(body), origin())
      if (words === null) return failed('not-for-mail', true)
      try {
        await transport.sendMail({
          from: settings.from,
          to: target,
          subject: words.subject,
          text: words.text,
          date: createdAt,
          // The same for every try, so that what came twice can be told.
          messageId: `<${id}@havendesk>`,
          headers: { 'auto-submitted': 'auto-generated' }
        })
        return { ok: true }
      } catch (error) {
        return failed(problemOf(error))
      }
    },
    close: () => {
      transport.close()
      return Promise.resolve()
    }
  }
}

/** Who, which rule, when and where to look, in both languages: nobody knows who reads it. Nothing of a member's is in it. */
export function wordsOf(
  body: HookBody,
  origin: string
): { readonly subject: string; readonly text: string } | null {
  if (body.type !== 'alert.raised' && body.type !== 'alert.escalated') return null
  const { who, team, rule, level, link } = body.data
  const passed =
    level === null ? null : level === 'lead' ? ['leads', 'jefatura'] : ['who is on call', 'la guardia']
  const name = plain(who)
  const lines = [
    passed === null
      ? `${name}: ${rule}.`
      : `${name}: ${rule}. Nobody answered, so it is passed on to ${passed[0]}.`,
    passed === null ? `${name}: ${rule}.` : `${name}: ${rule}. Nadie respondió; pasa a ${passed[1]}.`,
    `Team / Equipo: ${plain(team)}`,
    `Time / Hora: ${body.timestamp.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}`,
    new URL(link, origin).href
  ]
  return {
    subject: `Havendesk: ${name}, ${rule}${passed === null ? '' : ' (passed on / pasado)'}`,
    text: `${[...new Set(lines)].join('\n')}\n`
  }
}

const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()

function problemOf(error: unknown): string {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown }
  if (typeof responseCode === 'number') return `smtp-${responseCode}`
  return typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code) ? code.toLowerCase() : 'mail-failed'
}
