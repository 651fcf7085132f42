import { crc32, deflateRawSync } from 'node:zlib'

/** A ZIP archive with these members, as a release has it; `stored` leaves them unpacked. */
export function zip(
  members: Readonly<Record<string, string | Buffer>>,
  options: { stored?: boolean; comment?: string } = {}
): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, given] of Object.entries(members)) {
    const content = Buffer.from(given)
    const data = options.stored ? content : deflateRawSync(content)
    const title = Buffer.from(name)
    // An extra field that only the local header has, as some archivers write it.
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(options.stored ? 0 : 8, 8)
    local.writeUInt32LE(crc32(content), 14)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(content.length, 22)
    local.writeUInt16LE(title.length, 26)
    local.writeUInt16LE(4, 28)
    const block = Buffer.concat([local, title, Buffer.from('\x55\x54\x00\x00'), data])
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    local.copy(entry, 6, 4, 26)
    entry.writeUInt16LE(title.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(block)
    entries.push(Buffer.concat([entry, title]))
    at += block.length
  }
  const list = Buffer.concat(entries)
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  end.writeUInt16LE(comment.length, 20)
  return Buffer.concat([...locals, list, end, comment])
}
