import { HIGHEST_LEVELS } from '../compression-levels.ts';
import type { ToolError } from '../errors.ts';
import { RULES, type RuleId } from '../rule-table.ts';
import { similarText, similarTexts } from '../similar-text.ts';
import { usageError } from '../usage-error.ts';

/** Turns the text of an option or a variable into its value; `origin` is `--jobs` or `TORCX2SYSEXT_JOBS`. */
export interface ReadValue<T> {
  (text: string, origin: string): T;
  /** What a shell may offer for it. */
  readonly offers?: Offers;
}

/** Texts, or names of what is on the disk. */
export type Offers = readonly string[] | 'file' | 'directory';

export interface Compression {
  readonly name: keyof typeof HIGHEST_LEVELS;
  /** Absent: the builder's default. */
  readonly level?: number;
}

export interface ReportFile {
  readonly path: string;
  readonly format: 'markdown' | 'json';
}

/** SquashFS also knows smaller blocks, which only make a larger image. */
const BLOCK_SIZES = [1 << 17, 1 << 18, 1 << 19, 1 << 20] as const;

/** One of `choices`, or one of the `aliases` of one. */
export function choice<const T extends string>(
  choices: readonly T[],
  aliases: Readonly<Record<string, T>> = {},
): ReadValue<T> {
  const read: ReadValue<T> = (text, origin) => {
    const chosen = choices.find(value => value === text) ?? ownValue(aliases, text);
    if (chosen !== undefined) return chosen;
    throw invalid({ text, origin, need: orList(choices), suggestion: similarText(text, choices) });
  };
  return offering(choices, read);
}

function offering<T>(
  offers: Offers,
  read: (text: string, origin: string) => T,
): ReadValue<T> & { readonly offers: Offers } {
  return Object.assign((text: string, origin: string) => read(text, origin), { offers });
}

/** A whole number from `lowest` to `highest`, in plain decimal digits. */
export function wholeNumber(lowest: number, highest: number): ReadValue<number> {
  return (text, origin) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    throw invalid({ text, origin, need: `a whole number from ${lowest} to ${highest}` });
  };
}

/** Text of which every character is one of those in `pattern`; `need` describes them. */
export function matching(pattern: RegExp, need: string): ReadValue<string> {
  return (text, origin) => {
    if (pattern.test(text)) return text;
    throw invalid({ text, origin, need });
  };
}

export const filePath = offering('file', path);
export const directoryPath = offering('directory', path);

function path(text: string, origin: string): string {
  if (text !== '' && !text.includes('\0')) return text;
  throw invalid({ text, origin, need: 'a path' });
}

/** A path in an archive, as archives and shells spell it: `./bin/x`, `/bin/x`, `lib/`. */
export const entryPath: ReadValue<string> = (text, origin) => {
  const parts = text.split('/').filter(part => part !== '' && part !== '.');
  if (parts.length > 0) return parts.join('/');
  throw invalid({ text, origin, need: 'a path in the archive' });
};

/** An address that systemd-sysupdate takes. Its text goes into a file as it is. */
export const directoryUrl: ReadValue<string> = (text, origin) => {
  const isAddress = /^(https?:\/\/[^/]|file:\/\/\/)[!-~]*$/.test(text) && URL.canParse(text);
  if (isAddress && !/[?#"'\\]/.test(text)) return text;
  throw invalid({ text, origin, need: 'the address of a directory: http, https or file' });
};

/**
 * An address to download from. It is a part of reports, which nobody expects to hold a password; what stands behind a
 * question mark often is one.
 */
export const httpUrl: ReadValue<string> = (text, origin) => {
  const url = /^https?:\/\/[!-~]+$/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.username === '' && url.password === '' && !/[?#]/.test(text)) return text;
  throw invalid({ text, origin, need: 'an http or https address without password, ? and #' });
};

/** What Ignition 3.3 fetches from; a data URL would be the image itself. */
export const imageUrl: ReadValue<string> = (text, origin) => {
  const isAddress = /^(https?|s3|gs|tftp):\/\/[^/@]+\/[!-~]*$/.test(text) && URL.canParse(text);
  if (isAddress && !text.includes('#')) return text;
  throw invalid({ text, origin, need: 'an http, https, s3, gs or tftp address with a path' });
};

export const sha256Sum: ReadValue<string> = (text, origin) => {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw invalid({ text, origin, need: 'a SHA-256 in hexadecimal, 64 digits' });
};

export const reportFile = offering('file', (text, origin): ReportFile => {
  if (/[^/]\.md$/.test(text)) return { path: text, format: 'markdown' };
  if (/[^/]\.json$/.test(text)) return { path: text, format: 'json' };
  throw invalid({ text, origin, need: 'a file name that ends in .md or .json' });
});

/** `zstd`, `gzip`, `zstd:19`. */
export const compression = offering(['zstd', 'gzip'], (text, origin): Compression => {
  const [, name, levelText] = /^(\w+)(?::(\d{1,2}))?$/.exec(text) ?? [];
  if (name === 'zstd' || name === 'gzip') {
    if (levelText === undefined) return { name };
    const level = Number(levelText);
    if (level >= 1 && level <= HIGHEST_LEVELS[name]) return { name, level };
  }
  throw invalid({ text, origin, need: 'zstd[:1-22] or gzip[:1-9]' });
});

/** Bytes: `131072`, `128K`, `1M`. */
export const blockSize = offering(['128K', '256K', '512K', '1M'], (text, origin): number => {
  const size = BLOCK_SIZES.find(value => value === sizeInBytes(text));
  if (size !== undefined) return size;
  throw invalid({ text, origin, need: '128K, 256K, 512K or 1M' });
});

/** Names of units, separated by commas. */
export const unitNames: ReadValue<readonly string[]> = (text, origin) => {
  const names = text.split(',').map(name => name.trim());
  const wrong = names.find(name => !/^[\w:.@\\-]+\.[a-z]+$/.test(name));
  if (wrong === undefined) return names;
  throw invalid({ text: wrong, origin, need: 'names of units such as docker.socket' });
};

const RULE_IDS = Object.keys(RULES).filter(isRuleId);

function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(RULES, text);
}

/** A rule by its identifier or its slug, in any case. */
export const ruleId = offering(RULE_IDS, (text): RuleId => {
  const rule = RULE_IDS.find(
    id => id === text.toUpperCase() || RULES[id].slug === text.toLowerCase(),
  );
  if (rule !== undefined) return rule;
  const names = [...RULE_IDS, ...RULE_IDS.map(id => RULES[id].slug)];
  const similar = similarTexts(/^tx/i.test(text) ? text.toUpperCase() : text, names);
  throw usageError(`no rule '${text}'`, [...similar, '--list-rules'].join(', '));
});

/** Identifiers of rules or their beginnings, separated by commas: `TX201,TX3`. */
export const rulePrefixes = offering(RULE_IDS, (text, origin): readonly string[] => {
  const prefixes = text.split(',').map(prefix => prefix.trim().toUpperCase());
  const wrong = prefixes.find(
    prefix => prefix === '' || !RULE_IDS.some(id => id.startsWith(prefix)),
  );
  if (wrong === undefined) return prefixes;
  throw invalid({
    text: wrong,
    origin,
    need: 'rules such as TX201 or TX2',
    suggestion: '--list-rules',
  });
});

/** A release of Flatcar, `3815.2.0`; what is left out is 0. */
export const releaseVersion: ReadValue<string> = (text, origin) => {
  const parts = /^\d{1,5}(?:\.\d{1,5}){0,2}$/.test(text) ? text.split('.') : [];
  if (parts.length > 0) return [...parts, '0', '0'].slice(0, 3).map(Number).join('.');
  throw invalid({ text, origin, need: 'a release of Flatcar such as 3815.2.0' });
};

/** The value of a variable that stands for an option without a value. */
export const yesOrNo: ReadValue<boolean> = (text, origin) => {
  const lower = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(lower)) return true;
  if (['0', 'false', 'no', 'off'].includes(lower)) return false;
  throw invalid({ text, origin, need: '1 or 0' });
};

function invalid(details: {
  readonly text: string;
  readonly origin: string;
  readonly need: string;
  readonly suggestion?: string | undefined;
}): ToolError<'usage'> {
  const { text, origin, need, suggestion } = details;
  const place = origin.startsWith('-') ? 'for' : 'in';
  return usageError(`invalid value '${text}' ${place} ${origin}: need ${need}`, suggestion);
}

function sizeInBytes(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,9})([KM]?)$/i.exec(text) ?? [];
  const shift = unit === '' ? 0 : unit.toUpperCase() === 'K' ? 10 : 20;
  return digits === undefined ? Number.NaN : Number(digits) * 2 ** shift;
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function orList(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
