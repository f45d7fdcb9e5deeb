// What lies behind the tunnel: answers every request, and keeps a stream open at /stream.
import { createServer } from 'node:http'

createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' })
  if (request.url !== '/stream') return response.end('records')
  const beat = setInterval(() => response.write('.'), 100)
  response.on('close', () => clearInterval(beat))
}).listen({ port: 8080, host: '::' }, () => console.log('listening'))
