import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { dirname } from 'node:path'
import { verifyFile } from './hash.mjs'
import { SetupError } from './report.mjs'

/** The server could not be reached, refused, or went quiet: another source may be tried. Never used for a wrong hash. */
export class UnavailableError extends SetupError {
  name = 'UnavailableError'
}

const maxRedirects = 5

function open(url, stallMs) {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'http:' ? http : https
    const request = client.get(url, { headers: { 'user-agent': 'havendesk-bootstrap' } })
    // One timer for name lookup, connection and first byte: a black hole must not hold a newcomer up.
    const timer = setTimeout(
      () => request.destroy(new UnavailableError(`no answer for ${stallMs / 1000} s`)),
      stallMs
    )
    request.once('response', (response) => {
      clearTimeout(timer)
      resolve(response)
    })
    request.once('error', (error) => {
      clearTimeout(timer)
      reject(error instanceof UnavailableError ? error : new UnavailableError(error.message))
    })
  })
}

async function follow(url, stallMs) {
  let target = new URL(url)
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await open(target, stallMs)
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location) {
      response.resume()
      const next = new URL(headers.location, target)
      if (target.protocol === 'https:' && next.protocol !== 'https:') {
        throw new UnavailableError(`redirected away from https by ${target.host}`)
      }
      target = next
      continue
    }
    if (statusCode === 200) return response
    response.resume()
    throw new UnavailableError(`${target.host} answered ${statusCode}`)
  }
  throw new UnavailableError(`more than ${maxRedirects} redirects`)
}

/**
 * Streams a file to disk, checks its pinned hash and only then gives it its name.
 * @param {{ url: string, to: string, pin: string, name: string, report: ReturnType<import('./report.mjs').createReport>,
 *   stallMs?: number }} options `stallMs`: give up after that many milliseconds without a byte
 * @throws {UnavailableError} when the server does not deliver; {SetupError} when the hash is wrong
 */
export async function download({ url, to, pin, name, report, stallMs = 10_000 }) {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  try {
    const response = await follow(url, stallMs)
    await store(response, part, name, report, stallMs)
    await verifyFile(part, pin, name)
    await rename(part, to)
  } finally {
    await rm(part, { force: true })
  }
}

function store(response, part, name, report, stallMs) {
  const progress = report.progress(name, { total: Number(response.headers['content-length']) || undefined })
  const file = createWriteStream(part)
  let done = 0
  return new Promise((resolve, reject) => {
    let over = false
    const fail = (error) => {
      // Tearing down raises further events; the first one is the cause.
      if (over) return
      over = true
      clearTimeout(timer)
      progress.end('given up')
      response.destroy()
      file.destroy()
      reject(error instanceof SetupError ? error : new UnavailableError(error.message))
    }
    const stalled = () => fail(new UnavailableError(`no byte for ${stallMs / 1000} s`))
    let timer = setTimeout(stalled, stallMs)
    response.on('data', (chunk) => {
      clearTimeout(timer)
      timer = setTimeout(stalled, stallMs)
      done += chunk.length
      progress.update(done)
    })
    response.once('aborted', () => fail(new UnavailableError('the connection was cut')))
    response.once('error', fail)
    file.once('error', (error) => fail(new SetupError(`Could not write ${part}: ${error.message}`)))
    file.once('finish', () => {
      clearTimeout(timer)
      progress.end(`${(done / 1e6).toFixed(1)} MB`)
      resolve(undefined)
    })
    response.pipe(file)
  })
}
