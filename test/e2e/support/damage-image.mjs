// Loaded before the program (node --import), this spoils one byte of every image that is written, as a disk or a defect
// in the writer might: the byte at the offset that DAMAGE_AT says has its lowest bit turned.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.DAMAGE_AT);
const { writevSync } = fs;

fs.writevSync = (fd, chunks, position) => {
  const written = writevSync(fd, chunks, position);
  // The spool, in which the archive's data waits, has lost its name already.
  const isImage = /\.raw\.\w+$/.test(fs.readlinkSync(`/proc/self/fd/${fd}`));
  if (isImage && position !== null && position !== undefined) damage(fd, position, written);
  return written;
};
syncBuiltinESMExports();

/** @param {number} fd @param {number} position @param {number} length */
function damage(fd, position, length) {
  if (at < position || at >= position + length) return;
  const byte = Buffer.alloc(1);
  fs.readSync(fd, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  fs.writeSync(fd, byte, 0, 1, at);
}
