// An encoder of GIF89a animations (CompuServe, Graphics Interchange Format, version 89a, 1990), with a
// palette of 6 × 6 × 6 colours.
export function encode(frames, width, height, hundredths) {
  const out = []
  const word = (v) => out.push(v & 255, v >> 8 & 255)
  const text = (s) => { for (const c of s) out.push(c.charCodeAt(0)) }
  text("GIF89a")
  word(width); word(height)
  out.push(0xF7, 0, 0)
  for (let i = 0; i < 256; i++) {
    const c = Math.min(i, 215)
    out.push(Math.floor(c / 36) * 51, Math.floor(c / 6) % 6 * 51, c % 6 * 51)
  }
  out.push(0x21, 0xFF, 11); text("NETSCAPE2.0"); out.push(3, 1); word(0); out.push(0)
  for (const pixels of frames) {
    out.push(0x21, 0xF9, 4, 0); word(hundredths); out.push(0, 0)
    out.push(0x2C); word(0); word(0); word(width); word(height); out.push(0)
    compress(pixels, width * height, out)
  }
  out.push(0x3B)
  return new Uint8Array(out)
}

const nearest = (v) => Math.round(v / 51)

// compress is LZW with codes of 9 to 12 bits.
function compress(pixels, count, out) {
  out.push(8)
  let block = [], bits = 0, held = 0, size = 9, next = 258, table = new Map()
  const put = (code) => {
    held |= code << bits
    for (bits += size; bits >= 8; bits -= 8) {
      block.push(held & 255)
      held >>>= 8
      if (block.length === 255) { out.push(255, ...block); block = [] }
    }
  }
  const reset = () => { put(256); size = 9; next = 258; table = new Map() }
  reset()
  let prefix = -1
  for (let i = 0; i < count; i++) {
    const c = nearest(pixels[4 * i]) * 36 + nearest(pixels[4 * i + 1]) * 6 + nearest(pixels[4 * i + 2])
    if (prefix < 0) { prefix = c; continue }
    const key = prefix * 256 + c, known = table.get(key)
    if (known !== undefined) { prefix = known; continue }
    put(prefix)
    if (next < 4096) {
      table.set(key, next)
      if (next === 1 << size) size++
      next++
    } else reset()
    prefix = c
  }
  put(prefix)
  put(257)
  if (bits > 0) block.push(held & 255)
  if (block.length > 0) out.push(block.length, ...block)
  out.push(0)
}
