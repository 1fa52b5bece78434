import { headerSize, padded } from '../../src/analyze/tar-header.ts';
import { sealed } from '../../test/support/tar-builder.ts';

/**
 * The bytes as a tar archive whose headers have right checksums: no mutation would find the way past them. What the
 * headers say about sizes is followed, so that data stay data.
 */
export function sealedTar(bytes: Uint8Array): Buffer {
  const tar = Buffer.concat([bytes, Buffer.alloc(1024)]);
  for (let at = 0; at + 512 <= bytes.length; ) {
    const header = tar.subarray(at, at + 512);
    if (header.some(byte => byte !== 0)) sealed(header);
    const size = headerSize(header) ?? 0;
    at += 512 + (size > 0 && size < bytes.length ? padded(size) : 0);
  }
  return tar;
}
