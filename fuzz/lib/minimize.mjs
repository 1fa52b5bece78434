/**
 * A shorter input that still does what `does` asks for: pieces are taken out, halves first, then down to single bytes.
 * @param {Uint8Array} bytes
 * @param {(candidate: Uint8Array) => Promise<boolean>} does
 */
export async function minimize(bytes, does) {
  let small = bytes;
  const end = performance.now() + 5000;
  for (let size = small.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < small.length && performance.now() < end; ) {
      const candidate = Buffer.concat([small.subarray(0, at), small.subarray(at + size)]);
      if (await does(candidate)) small = candidate;
      else at += size;
    }
  }
  return small;
}
