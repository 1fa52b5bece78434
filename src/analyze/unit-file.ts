import { partitionPoint } from '../partition-point.ts';

/**
 * A unit file or drop-in, taken apart without losing a byte: the lines of all parts, joined, are the text again.
 * What is a comment, a continuation or an assignment is decided as systemd's own parser does (systemd.syntax(7)).
 */
export interface UnitFile {
  readonly text: string;
  readonly parts: readonly UnitPart[];
}

export type UnitPart = UnitSection | UnitSetting | UnitFiller;

interface UnitPartLines {
  /** All physical lines, those of a continuation and the comments between them included. Never empty. */
  readonly lines: readonly UnitLine[];
}

export interface UnitSection extends UnitPartLines {
  readonly kind: 'section';
  readonly name: string;
}

export interface UnitSetting extends UnitPartLines {
  readonly kind: 'setting';
  readonly section: string;
  readonly key: string;
  /** As systemd sees it: continued lines joined, the space around it gone, quotes and escapes untouched. */
  readonly value: string;
  /** Where the value stands in the text, one segment for each physical line that it lies on. */
  readonly segments: readonly ValueSegment[];
}

/** `junk` is what systemd warns about and ignores: a line without `=` or key, or before the first section. */
export interface UnitFiller extends UnitPartLines {
  readonly kind: 'comment' | 'blank' | 'junk';
}

export interface UnitLine {
  /** Counts from 1. */
  readonly number: number;
  readonly offset: number;
  readonly content: string;
  readonly eol: string;
  readonly comment: boolean;
}

/** `length` characters of the value from `from` stand in the text at `offset`. */
export interface ValueSegment {
  readonly from: number;
  readonly length: number;
  readonly offset: number;
  /** The last character is the backslash of a continuation, which systemd reads as a space. */
  readonly continued: boolean;
  /** Offset behind the line break. */
  readonly lineEnd: number;
}

/** From `start` up to, but without, `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Never fails: what cannot be understood is kept as junk. */
export function parseUnitFile(text: string): UnitFile {
  const parts: UnitPart[] = [];
  let section: string | undefined;
  let open: UnitLine[] = [];
  const close = () => {
    const part = logicalPart(open, section);
    if (part.kind === 'section') section = part.name;
    parts.push(part);
    open = [];
  };
  for (const line of physicalLines(text)) {
    if (line.comment && open.length === 0) {
      parts.push({ kind: 'comment', lines: [line] });
      continue;
    }
    open.push(line);
    if (!line.comment && !isContinued(line.content)) close();
  }
  if (open.length > 0) close();
  return { text, parts };
}

/** Every assignment in the order of the file, also those that a later one takes back. */
export function allSettings(file: UnitFile): UnitSetting[] {
  return file.parts.filter(part => part.kind === 'setting');
}

/**
 * The assignments of a list setting that count: an empty one takes back all before it.
 * @param files the unit and then its drop-ins, in the order in which systemd reads them
 */
export function effectiveSettings(
  files: readonly UnitFile[],
  section: string,
  key: string,
): UnitSetting[] {
  const all = files
    .flatMap(allSettings)
    .filter(setting => setting.section === section && setting.key === key);
  return all.slice(all.findLastIndex(setting => setting.value === '') + 1);
}

/**
 * Where the characters `start`…`end` of a setting's value stand in the text. A range across a continuation includes
 * the line break, so that removing it joins the lines; where a comment stands between the lines, the backslash
 * stays, because without it the comment would end the value.
 */
export function textRanges(setting: UnitSetting, start: number, end: number): TextRange[] {
  const { segments } = setting;
  const ranges: TextRange[] = [];
  let joinedFrom: number | undefined;
  for (let index = segmentAt(segments, start); index < segments.length; index += 1) {
    const segment = segments[index];
    if (!segment || segment.from >= end) break;
    const segmentEnd = segment.from + segment.length;
    const next = segments[index + 1];
    const joins = segment.continued && end >= segmentEnd && next?.offset === segment.lineEnd;
    const kept = segment.continued && !joins ? 1 : 0;
    const from = joinedFrom ?? segment.offset + Math.max(start - segment.from, 0);
    const to = segment.offset + Math.min(end - segment.from, segment.length - kept);
    if (joins && end > segmentEnd) {
      joinedFrom = from;
      continue;
    }
    joinedFrom = undefined;
    const rangeEnd = joins ? segment.lineEnd : to;
    if (from < rangeEnd) ranges.push({ start: from, end: rangeEnd });
  }
  return ranges;
}

/** Index of the first segment that ends behind `position`. */
function segmentAt(segments: readonly ValueSegment[], position: number): number {
  return partitionPoint(segments.length, index => {
    const segment = segments[index];
    return segment !== undefined && segment.from + segment.length <= position;
  });
}

/** systemd's WHITESPACE; other Unicode spaces are ordinary characters to it. */
const SPACE = ' \t\n\r';

/** systemd takes LF, CR and NUL, each at most once in a row, as one line end (read_line(3) of its sources). */
const LINE = /([^\n\r\0]*)((?:\n\r?|\r\n?)\0?|\0|$)/gy;

function* physicalLines(text: string): Generator<UnitLine> {
  let number = 0;
  for (const match of text.matchAll(LINE)) {
    const [whole, content = '', eol = ''] = match;
    if (whole === '') return;
    number += 1;
    yield { number, offset: match.index, content, eol, comment: /^[ \t]*[#;]/.test(content) };
  }
}

function isContinued(content: string): boolean {
  let backslashes = 0;
  while (content.at(-1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** The part that the physical lines of one logical line make. */
function logicalPart(lines: readonly UnitLine[], section: string | undefined): UnitPart {
  const { joined, segments } = joinLines(lines);
  const whole = stripped(joined, 0, joined.length);
  const line = joined.slice(whole.start, whole.end);
  if (line === '') return { kind: 'blank', lines };
  if (line.startsWith('[')) {
    if (!line.endsWith(']') || line.length < 3) return { kind: 'junk', lines };
    return { kind: 'section', lines, name: line.slice(1, -1) };
  }
  const equals = joined.indexOf('=', whole.start);
  if (section === undefined || equals <= whole.start) return { kind: 'junk', lines };
  const key = stripped(joined, whole.start, equals);
  const value = stripped(joined, equals + 1, whole.end);
  return {
    kind: 'setting',
    lines,
    section,
    key: joined.slice(key.start, key.end),
    value: joined.slice(value.start, value.end),
    segments: clipSegments(segments, value),
  };
}

function joinLines(lines: readonly UnitLine[]) {
  let joined = '';
  const segments: ValueSegment[] = [];
  for (const { content, offset, eol, comment } of lines) {
    if (comment) continue;
    const skipped = offset === 0 && content.startsWith('\ufeff') ? 1 : 0;
    const continued = isContinued(content);
    const length = content.length - skipped;
    const lineEnd = offset + content.length + eol.length;
    segments.push({ from: joined.length, length, offset: offset + skipped, continued, lineEnd });
    joined += continued ? `${content.slice(skipped, -1)} ` : content.slice(skipped);
  }
  return { joined, segments };
}

/** The segments of the part `range`, counted from its start. */
function clipSegments(segments: readonly ValueSegment[], range: TextRange): ValueSegment[] {
  return segments.flatMap(segment => {
    const end = segment.from + segment.length;
    const from = Math.max(segment.from, range.start);
    const to = Math.min(end, range.end);
    if (from >= to) return [];
    return {
      from: from - range.start,
      length: to - from,
      offset: segment.offset + from - segment.from,
      continued: segment.continued && to === end,
      lineEnd: segment.lineEnd,
    };
  });
}

function stripped(text: string, start: number, end: number): TextRange {
  let from = start;
  let to = end;
  while (from < to && SPACE.includes(text.charAt(from))) from += 1;
  while (to > from && SPACE.includes(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}
