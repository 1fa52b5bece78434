const BLOCK = 512;

/**
 * One regular file of a plain tar archive: header, data, padding.
 * @param {string} name at most 100 bytes
 * @param {Uint8Array} data
 */
export function tarMember(name, data) {
  return [header(name, data.length), data, new Uint8Array(-data.length & (BLOCK - 1))];
}

/** What ends an archive. */
export const TAR_END = new Uint8Array(2 * BLOCK);

/**
 * @param {string} name
 * @param {number} size
 */
function header(name, size) {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  const octal = (/** @type {number} */ value, /** @type {number} */ length) =>
    `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write('        0', 148);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
