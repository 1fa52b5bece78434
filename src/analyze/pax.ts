import { pathText } from '../path-text.ts';
import { ArchiveDamage } from './archive-damage.ts';

/**
 * One record of a PAX extended header. The value stays raw: extended attributes are binary, and names need not be
 * UTF-8, whatever the standard says.
 */
export interface PaxRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

export type PaxAttributes = ReadonlyMap<string, Uint8Array>;

/**
 * The records of an extended header's body, `LENGTH KEY=VALUE\n` each (POSIX.1, pax, "pax Extended Header"). A key
 * may occur several times: GNU's first sparse format depends on that.
 */
export function parsePax(body: Uint8Array): PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < body.length; ) {
    const length = recordLength(body, at);
    const record = body.subarray(at, at + length);
    records.push(parseRecord(record));
    at += length;
  }
  return records;
}

/** What holds for one member: its own records over the global ones. An empty value takes a record back. */
export function mergePax(global: PaxAttributes, own: readonly PaxRecord[]): PaxAttributes {
  if (own.length === 0) return global;
  const merged = new Map(global);
  for (const { key, value } of own) {
    if (value.length === 0 && !isXattr(key)) merged.delete(key);
    else merged.set(key, value);
  }
  return merged;
}

/** An integer, undefined when there is no such record. Beyond 2^53 only the magnitude is right. */
export function paxInteger(attributes: PaxAttributes, key: string): number | undefined {
  return paxNumber(attributes, key, /^-?\d{1,24}$/);
}

/** Whole seconds, rounded down; undefined when there is no such record. */
export function paxSeconds(attributes: PaxAttributes, key: string): number | undefined {
  const seconds = paxNumber(attributes, key, /^-?\d{1,24}(?:\.\d{0,24})?$/);
  return seconds === undefined ? undefined : Math.floor(seconds);
}

/** A value of decimal digits as a number, undefined when it is anything else. */
export function decimal(text: string): number | undefined {
  return /^\d{1,24}$/.test(text) ? Number(text) : undefined;
}

function paxNumber(attributes: PaxAttributes, key: string, form: RegExp): number | undefined {
  const value = attributes.get(key);
  if (value === undefined) return undefined;
  const text = pathText(value);
  if (!form.test(text))
    throw new ArchiveDamage('corrupt', `the PAX record '${key}' is not a number`);
  return Number(text);
}

/** An empty extended attribute is a value like any other. */
function isXattr(key: string): boolean {
  return /^(?:SCHILY|LIBARCHIVE)\.xattr\./.test(key);
}

function recordLength(body: Uint8Array, at: number): number {
  const digits = body.subarray(at, at + 8);
  const length = decimal(pathText(digits.subarray(0, Math.max(0, digits.indexOf(0x20)))));
  if (!length || at + length > body.length) throw malformed();
  return length;
}

function parseRecord(record: Uint8Array): PaxRecord {
  const keyAt = record.indexOf(0x20) + 1;
  const valueAt = record.indexOf(0x3d) + 1;
  const end = record.length - 1;
  const wellFormed = valueAt > keyAt + 1 && valueAt <= end && record[end] === 0x0a;
  if (!wellFormed) throw malformed();
  return {
    key: pathText(record.subarray(keyAt, valueAt - 1)),
    value: record.subarray(valueAt, end),
  };
}

function malformed(): ArchiveDamage {
  return new ArchiveDamage('corrupt', 'a PAX record is malformed');
}
