import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { gzipSync } from 'fflate/browser';
import { pathBytes, pathText } from '../../../path-text.ts';
import { type Embedding, mappedEmbedding, opaqueEmbedding } from '../embedding.ts';
import { decodePercent, encodePercent } from '../escaped-text.ts';
import type { UnpackBudget } from './unpack-budget.ts';

const HEAD = /^data:[^,\s]{0,200},/;

/** The text in a data URL (RFC 2397), unpacked when it is compressed. */
export function dataUrl(url: string, budget: UnpackBudget): Embedding | undefined {
  const head = HEAD.exec(url)?.[0];
  if (head === undefined) return;
  if (/;base64,$/i.test(head)) return base64Text(url, { start: head.length, budget });
  const decoded = decodePercent(url.slice(head.length));
  if (!decoded) return;
  const offsets = decoded.offsets.map(offset => offset + head.length);
  return mappedEmbedding({ text: decoded.text, offsets, encode: encodePercent });
}

interface Base64Options {
  readonly budget: UnpackBudget;
  readonly start?: number;
  /** What is no UTF-8 is no text. */
  readonly isUtf8Only?: boolean;
}

/** The text in base64 from `start` to the end; undefined for what is no base64, or no text. */
export function base64Text(
  source: string,
  { budget, start = 0, isUtf8Only = false }: Base64Options,
): Embedding | undefined {
  const encoded = source.slice(start).trimEnd();
  if (!/^[A-Za-z0-9+/_\s-]*={0,2}$/.test(encoded) || encoded.length < 4) return;
  const bytes = Buffer.from(encoded, 'base64');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isGzip ? inflated(bytes, budget) : bytes;
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

function inflated(bytes: Uint8Array, budget: UnpackBudget): Buffer | undefined {
  try {
    const plain = gunzipSync(bytes, { maxOutputLength: Math.max(1, budget.left) });
    budget.left -= plain.length;
    return plain;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') budget.isExceeded = true;
    return;
  }
}
