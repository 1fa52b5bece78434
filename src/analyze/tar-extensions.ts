import { ToolError } from '../errors.ts';
import { MAX_GLOBAL_RECORDS, MAX_HEADER_BYTES } from './archive-limits.ts';
import { mergePax, type PaxAttributes, type PaxRecord, parsePax } from './pax.ts';
import { BLOCK_SIZE } from './tar-header.ts';

/** Bodies of GNU's long name (`L`) and long link target (`K`), with their NUL. */
export interface LongNames {
  readonly longName?: Uint8Array;
  readonly longLink?: Uint8Array;
}

/** Whether a member says something about those behind it: PAX (`x`, Solaris `X`, global `g`) or GNU's (`L`, `K`). */
export function isExtension(typeflag: string): boolean {
  return /[xXgLK]/.test(typeflag);
}

/** What extensions have said about the member that comes next. */
export class TarExtensions {
  #global: PaxAttributes = new Map();
  #own: PaxRecord[] = [];
  #longNames: LongNames = {};
  #bytes = 0;

  /** Whether something waits for its member. */
  get pending(): boolean {
    return this.#bytes > 0;
  }

  /** The PAX records of the next member alone, in their order. */
  get records(): readonly PaxRecord[] {
    return this.#own;
  }

  /** The PAX records that hold for the next member. */
  attributes(): PaxAttributes {
    return mergePax(this.#global, this.#own);
  }

  /** Room for the body of an extension; the header alone counts, too, as thousands may stand before a member. */
  reserve(typeflag: string, size: number): Uint8Array {
    const waiting = typeflag === 'g' ? 0 : this.#bytes + BLOCK_SIZE;
    assertHeaderBytes(waiting + size);
    if (typeflag !== 'g') this.#bytes = waiting + size;
    return new Uint8Array(size);
  }

  take(typeflag: string, body: Uint8Array): void {
    if (typeflag === 'L') this.#longNames = { ...this.#longNames, longName: body };
    else if (typeflag === 'K') this.#longNames = { ...this.#longNames, longLink: body };
    else if (typeflag === 'g') this.#takeGlobal(parsePax(body));
    else this.#own = this.#own.concat(parsePax(body));
  }

  /** The member is there: the next one starts afresh. */
  release(): LongNames {
    const longNames = this.#longNames;
    this.#own = [];
    this.#longNames = {};
    this.#bytes = 0;
    return longNames;
  }

  #takeGlobal(records: readonly PaxRecord[]): void {
    const copied = records.map(({ key, value }) => ({ key, value: new Uint8Array(value) }));
    this.#global = mergePax(this.#global, copied);
    if (this.#global.size <= MAX_GLOBAL_RECORDS) return;
    throw new ToolError('archive-too-large', {
      what: 'the number of global PAX records',
      limit: `${MAX_GLOBAL_RECORDS}`,
    });
  }
}

/** @throws ToolError when the metadata before one member's data would take too much memory */
export function assertHeaderBytes(size: number): void {
  if (size <= MAX_HEADER_BYTES) return;
  throw new ToolError('archive-too-large', {
    what: `the extended headers of one entry (${size} bytes)`,
    limit: MAX_HEADER_BYTES,
  });
}
