import { BLOCK_SIZE, hasTarMagic, hasValidChecksum, isZeroBlock } from './tar-header.ts';

/** What a file is, by its first bytes: an archive of a kind that can be read, or something with a name. */
export type InputKind =
  | { readonly format: 'tar' | 'gzip' | 'squashfs' }
  | { readonly format?: undefined; readonly kind: string; readonly suggestion?: string };

/** As many of a file's first bytes as {@link inputKind} looks at. */
export const SNIFF_LENGTH = 2048;

interface Signature {
  readonly at?: number;
  /** One character for each byte. */
  readonly magic: string;
  readonly kind: InputKind;
}

const SIGNATURES: readonly Signature[] = [
  { magic: '\x1f\x8b', kind: { format: 'gzip' } },
  { magic: 'hsqs', kind: { format: 'squashfs' } },
  // Relatives of the format, which its reader refuses by name.
  { magic: 'sqsh', kind: { format: 'squashfs' } },
  { magic: 'SQSH', kind: { format: 'squashfs' } },
  { magic: 'shsq', kind: { format: 'squashfs' } },
  { magic: 'qshs', kind: { format: 'squashfs' } },
  { magic: '\x28\xb5\x2f\xfd', kind: compressed('zstd') },
  { magic: '\xfd7zXZ\0', kind: compressed('xz') },
  { magic: 'BZh', kind: compressed('bzip2') },
  { magic: '\x04\x22\x4d\x18', kind: compressed('lz4') },
  { magic: 'PK\x03\x04', kind: { kind: 'a zip archive' } },
  { magic: 'PK\x05\x06', kind: { kind: 'a zip archive' } },
  { magic: '7z\xbc\xaf\x27\x1c', kind: { kind: 'a 7-Zip archive' } },
  { magic: 'Rar!', kind: { kind: 'a RAR archive' } },
  { magic: '07070', kind: { kind: 'a cpio archive' } },
  { magic: '!<arch>\n', kind: { kind: 'a Debian package or an ar archive' } },
  { magic: '\xed\xab\xee\xdb', kind: { kind: 'an RPM package' } },
  { magic: '\x7fELF', kind: { kind: 'an ELF binary' } },
  { at: 512, magic: 'EFI PART', kind: { kind: 'a disk image with a GPT' } },
  { at: 1024, magic: '\xe2\xe1\xf5\xe0', kind: { kind: 'an EROFS image' } },
  { at: 1080, magic: '\x53\xef', kind: { kind: 'an ext2, ext3 or ext4 image' } },
];

/** @param head the first SNIFF_LENGTH bytes of a file that is not empty, all of them if it is shorter */
export function inputKind(head: Uint8Array): InputKind {
  if (isTar(head)) return { format: 'tar' };
  const text = Buffer.from(head).toString('latin1');
  const signature = SIGNATURES.find(({ at = 0, magic }) => text.startsWith(magic, at));
  return signature?.kind ?? textKind(text, head);
}

/** By its magic; or, for the format before POSIX, which has none, by the checksum of its first header. */
function isTar(head: Uint8Array): boolean {
  if (hasTarMagic(head)) return true;
  const block = head.subarray(0, BLOCK_SIZE);
  return block.length === BLOCK_SIZE && !isZeroBlock(block) && hasValidChecksum(block);
}

function textKind(text: string, head: Uint8Array): InputKind {
  if (isZeroBlock(head)) return { kind: 'a file of nothing but zero bytes' };
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart();
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) {
    return { kind: 'an HTML page', suggestion: 'download again with curl -fL' };
  }
  if (start.startsWith('<?xml')) {
    return { kind: 'an XML document', suggestion: 'download again with curl -fL' };
  }
  if (/^\{\s*["}]|^\[/.test(start)) return { kind: 'a JSON document' };
  if (start.startsWith('#!')) return { kind: 'a script' };
  return { kind: head.every(isTextByte) ? 'a text file' : 'data of an unknown kind' };
}

/** All but control characters; those of a log with colours, form feeds and the like are text. */
function isTextByte(byte: number): boolean {
  return byte >= 0x20 || (byte >= 0x07 && byte <= 0x0d) || byte === 0x1b;
}

function compressed(tool: string): InputKind {
  return {
    kind: `a file compressed with ${tool}`,
    suggestion: `${tool} -dc FILE | torcx2sysext - NAME`,
  };
}
