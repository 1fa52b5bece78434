import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { gzipSync } from 'fflate/browser';
import { pathBytes, pathText } from '../../../path-text.ts';
import { type Embedding, mappedEmbedding, opaqueEmbedding } from '../embedding.ts';
import { decodePercent, encodePercent } from '../escaped-text.ts';

const HEAD = /^data:[^,\s]{0,200},/;

/** The text in a data URL (RFC 2397), unpacked when it is compressed. */
export function dataUrl(url: string): Embedding | undefined {
  const head = HEAD.exec(url)?.[0];
  if (head === undefined) return;
  if (/;base64,$/i.test(head)) return base64Text(url, { start: head.length });
  const decoded = decodePercent(url.slice(head.length));
  if (!decoded) return;
  const offsets = decoded.offsets.map(offset => offset + head.length);
  return mappedEmbedding({ text: decoded.text, offsets, encode: encodePercent });
}

/** A gzip bomb in a configuration file must not fill the memory. */
const MAX_TEXT = 16 << 20;

interface Base64Options {
  readonly start?: number;
  /** What is no UTF-8 is no text. */
  readonly isUtf8Only?: boolean;
}

/** The text in base64 from `start` to the end; undefined for what is no base64, or no text. */
export function base64Text(
  source: string,
  { start = 0, isUtf8Only = false }: Base64Options = {},
): Embedding | undefined {
  const encoded = source.slice(start).trimEnd();
  if (!/^[A-Za-z0-9+/_\s-]*={0,2}$/.test(encoded) || encoded.length < 4) return;
  const bytes = Buffer.from(encoded, 'base64');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? inflated(bytes) : bytes;
  if (!plain || plain.includes(0) || (isUtf8Only && !isUtf8(plain))) return;
  const gap = /\r?\n[ \t]*/.exec(encoded.trimStart());
  return opaqueEmbedding({
    text: pathText(plain),
    start,
    end: start + encoded.length,
    encode(text) {
      const packed = Buffer.from(pathBytes(text));
      const result = Buffer.from(isGzip ? repack(packed) : packed).toString('base64');
      return gap ? (result.match(new RegExp(`.{1,${gap.index}}`, 'g')) ?? []).join(gap[0]) : result;
    },
  });
}

/** By fflate, since the bytes that zlib makes are not those of the next version of Node. */
function repack(text: Uint8Array): Uint8Array {
  return gzipSync(text, { level: 9, mtime: 0 });
}

function inflated(bytes: Uint8Array): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_TEXT });
  } catch {
    return;
  }
}
