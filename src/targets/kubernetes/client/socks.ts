import net from 'node:net'

const REPLIES: Readonly<Record<number, string>> = {
  1: 'general failure',
  2: 'not allowed by its rules',
  3: 'network unreachable',
  4: 'host unreachable',
  5: 'connection refused',
  7: 'command not supported',
  8: 'address type not supported'
}

/**
 * Asks a SOCKS5 proxy (RFC 1928, user and password by RFC 1929) on an open socket for a connection; names are
 * resolved by the proxy. Afterwards the socket carries the connection's bytes.
 */
export async function connectSocks5(socket: net.Socket, proxy: URL, host: string, port: number): Promise<void> {
  const read = reader(socket, proxy.host)
  try {
    const withPassword = proxy.username !== ''
    socket.write(Buffer.from(withPassword ? [5, 2, 0, 2] : [5, 1, 0]))
    const [version, method] = await read.bytes(2)
    if (version !== 5) throw new Error(`the proxy ${proxy.host} does not speak SOCKS5`)
    if (method === 2) {
      const user = Buffer.from(decodeURIComponent(proxy.username))
      const password = Buffer.from(decodeURIComponent(proxy.password))
      socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([password.length]), password]))
      const [, verdict] = await read.bytes(2)
      if (verdict !== 0) throw new Error(`the proxy ${proxy.host} refuses its user name and password`)
    } else if (method !== 0) throw new Error(`the proxy ${proxy.host} asks for credentials`)
    socket.write(Buffer.concat([Buffer.from([5, 1, 0]), address(host), Buffer.from([port >> 8, port & 255])]))
    const [, reply, , type] = await read.bytes(4)
    if (reply !== 0)
      throw new Error(`the proxy ${proxy.host} refuses the tunnel: ${REPLIES[reply ?? 1] ?? `reply ${reply}`}`)
    const length = type === 1 ? 4 : type === 4 ? 16 : ((await read.bytes(1))[0] ?? 0)
    await read.bytes(length + 2)
  } finally {
    read.stop()
  }
}

function address(host: string): Buffer {
  if (net.isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)])
  const name = Buffer.from(host)
  return Buffer.concat([Buffer.from([3, name.length]), name])
}

/** Reads exact numbers of bytes from a socket and leaves the rest in it. */
function reader(socket: net.Socket, proxy: string) {
  let wake: (() => void) | undefined
  let failure: Error | undefined
  const onReadable = () => wake?.()
  const onEnd = () => {
    failure ??= new Error(`the proxy ${proxy} closed the connection`)
    wake?.()
  }
  const onError = (error: Error) => {
    failure ??= new Error(`the proxy ${proxy} broke off (${error.message})`)
    wake?.()
  }
  socket.on('readable', onReadable).on('close', onEnd).on('end', onEnd).on('error', onError)
  return {
    async bytes(count: number): Promise<Buffer> {
      for (;;) {
        const chunk: unknown = socket.read(count)
        if (Buffer.isBuffer(chunk) && chunk.length === count) return chunk
        if (failure) throw failure
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    stop() {
      socket.off('readable', onReadable).off('close', onEnd).off('end', onEnd).off('error', onError)
    }
  }
}
