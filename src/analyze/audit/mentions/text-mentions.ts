import { findTorcxReferences, type TorcxReference } from '../../torcx-reference.ts';
import type { Document } from '../document.ts';
import { isLogLine } from '../document-kind.ts';
import { RangeSet } from '../range-set.ts';
import { torcxPlace } from '../torcx-place.ts';
import { isCandidate } from './candidate-list.ts';
import { lookUpStrength } from './environment-look-up.ts';
import type { Mention, Strength, Use } from './mention.ts';
import { isRemovedByTask } from './removed-by-task.ts';
import { isSearched } from './search-keys.ts';
import { searchPathStrength } from './search-path.ts';
import { taskGuards } from './task-guards.ts';

/** The references of a text that is neither a unit nor a shell script. */
export function textMentions(document: Document): Mention[] {
  const references = findTorcxReferences(document.text);
  if (references.length === 0) return [];
  if (document.kind === 'prose') return proseMentions(document, references);
  const isRecord = document.kind === 'json' && isRecordedData(document);
  const guards = document.kind === 'source' ? guardedLines(document) : undefined;
  const places = {
    paths: new RangeSet(document.files.filter(({ nodePath }) => torcxPlace(nodePath))),
    targets: new RangeSet(document.files.flatMap(({ target }) => target ?? [])),
  };
  return references.map(reference => {
    const { start, end } = reference;
    const classified = isRecord ? INERT : classify(document, reference, places);
    const isGuarded = guards?.has(reference.line) && classified.strength === 'hard';
    return {
      reference,
      start,
      end,
      ...classified,
      ...(isGuarded && { strength: 'soft' as const }),
    };
  });
}

interface Classified {
  readonly use: Use;
  readonly strength: Strength;
}

const INERT: Classified = { use: 'value', strength: 'inert' };
const MOUNT =
  /(?:hostPath|HostPath|[Vv]olumes?|[Mm]ounts?|bind|-v|source=|src=|Source)\b[^\n]{0,80}$/;

/** What a provisioning text says of files and links. */
interface Places {
  readonly paths: RangeSet;
  readonly targets: RangeSet;
}

function classify(document: Document, reference: TorcxReference, places: Places): Classified {
  const { text, kind } = document;
  const { start, end } = reference;
  const line = document.lines.lineAt(start);
  const lineStart = document.lines.start(line);
  const before = text.slice(Math.max(lineStart, start - 1000), start);
  if (isComment(before, kind)) return INERT;
  if (places.paths.has(start)) {
    return { use: 'provisioned-path', strength: 'hard' };
  }
  // Links are judged by where they stand as well.
  if (places.targets.has(start)) return INERT;
  const inPath = searchPathStrength(text, start);
  if (!inPath && isCandidate(text, reference)) return INERT;
  const behind = text.slice(end, Math.min(document.lines.end(line), end + 1000)).trimEnd();
  if (kind === 'source' && (isText(before, behind) || isDocString(text, start))) return INERT;
  if (HAS_MESSAGES.has(kind) && (MESSAGE_KEY.test(before) || isSearched(before))) return INERT;
  if (HAS_MESSAGES.has(kind) && isRemovedByTask(text, start))
    return { use: 'value', strength: 'note' };
  const { asked, required } = taskGuards(document);
  if (asked.has(start))
    return { use: 'condition', strength: required.has(start) ? 'hard' : 'soft' };
  if (reference.meaning.kind === 'name') {
    if (kind !== 'source') {
      const strength = isOwnDirectory(reference, behind) ? 'inert' : 'soft';
      return { use: 'assignment', strength };
    }
    const strength = lookUpStrength({ before, behind });
    return strength ? { use: 'look-up', strength } : INERT;
  }
  if (inPath) return { use: 'search-path', strength: inPath };
  if (isNamedPath(text, lineStart)) return { use: 'search-path', strength: 'soft' };
  if (/\b(?:mountPath|containerPath)["']?\s*:\s*["']?$/.test(before))
    return { use: 'mount', strength: 'soft' };
  if (kind === 'tmpfiles' && /^\s*\S+\s+["']?$/.test(before))
    return { use: 'value', strength: 'soft' };
  // systemd makes the directory that something is mounted on.
  if (document.nodePath.endsWith('/fstab') && /^\s*\S+\s+$/.test(before))
    return { use: 'mount', strength: 'soft' };
  if (/\.preset$/.test(document.nodePath)) return { use: 'dependency', strength: 'soft' };
  if (/\bsystemd\.(?:mask|wants)=$/.test(before) || isOwnUnit(text, reference))
    return { use: 'dependency', strength: 'soft' };
  if (kind === 'yaml' && isBind(before, behind)) return { use: 'mount', strength: 'hard' };
  if (MOUNT.test(before) || isHostPath(text, lineStart, before))
    return { use: 'mount', strength: 'hard' };
  return { use: 'value', strength: reference.meaning.kind === 'profile' ? 'soft' : 'hard' };
}

/** An environment file that gives TORCX_BINDIR a directory of today serves its units as Torcx did. */
function isOwnDirectory({ text }: TorcxReference, behind: string): boolean {
  return text === 'TORCX_BINDIR' && /^\s*=\s*["']?\//.test(behind) && !behind.includes('torcx');
}

/** The name of a unit that is described, as Ignition has it: to mask or enable what is gone does nothing. */
function isOwnUnit(text: string, { start, end, meaning }: TorcxReference): boolean {
  if (meaning.kind !== 'target') return false;
  const before = text.slice(Math.max(0, start - NEAR), start);
  if (!/(?:^|[-{,])\s*["']?name["']?\s*:\s*["']?$/m.test(before)) return false;
  // Ansible starts it.
  return !/\bstate["']?\s*:\s*["']?(?:re)?(?:started|loaded)/.test(
    before + text.slice(end, end + NEAR),
  );
}

const NEAR = 200;

/** `- /host/path:/container/path`, either half. */
function isBind(before: string, behind: string): boolean {
  if (/^\s*-\s+["']?\/[^\s:]*:$/.test(before)) return true;
  return /^\s*-\s+["']?$/.test(before) && /^[^\s:]*:\//.test(behind);
}

/** `name: PATH` on the line before `value:`. */
function isNamedPath(text: string, lineStart: number): boolean {
  const before = text.slice(Math.max(0, lineStart - 80), lineStart);
  return /\bname["']?\s*:\s*["']?PATH["']?,?\s*$/.test(before);
}

/** `hostPath:` on the line before `path:`. */
function isHostPath(text: string, lineStart: number, before: string): boolean {
  if (!/\b(?:path|source|device)["']?\s*[:=]\s*["']?$/.test(before)) return false;
  return /(?:hostPath|volume|mount|bind|local)["']?\s*:\s*(?:\{\s*)?$/i.test(
    text.slice(Math.max(0, lineStart - 200), lineStart).trimEnd(),
  );
}

function isComment(before: string, kind: Document['kind']): boolean {
  if (kind === 'json') return false;
  if (/^\s*(?:#|;|\/\/|\/?\*|--|<!--|\{\{-?\s*\/\*)/.test(before)) return true;
  const unquoted = before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
  return kind === 'source' ? /(?:^|\s)(?:#|\/\/)\s/.test(unquoted) : /\s#\s/.test(unquoted);
}

const HAS_MESSAGES: ReadonlySet<string> = new Set(['yaml', 'json', 'terraform', 'settings']);
const SENTENCE =
  /\b(?:the|is|are|in|on|from|not|at|of|no|has|have|was|were|missing|found|see|old)\s[^/]*$/i;

/** Sentences for people, whatever reads the rest of the file. */
const MESSAGE_KEY =
  /^\s*(?:-\s+)?["']?(?:(?:desc(?:ription)?|summary|message|comment|title|help|note|reason|msg)["']?\s*[:=]|(?:name|output|text)["']?\s*[:=]\s*["']?[A-Za-z][\w-]*\s)/i;

/** Far enough for what somebody writes about a function. */
const LONGEST_DOC_STRING = 4000;

/** Within triple quotes that begin a line of their own. */
function isDocString(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST_DOC_STRING), offset);
  const quotes = before.split(/"""|'''/);
  return quotes.length % 2 === 0 && /(?:^|\n)[ \t]*[rbu]*$/.test(quotes.at(-2) ?? '');
}

/** Search patterns, replacements and messages of a program. */
const PATTERN_BEFORE =
  /(?:\bre\.\w+|\.(?:sub|gsub|replace(?:All)?|match(?:All)?|search|test|split|contains|includes|starts_?with|ends_?with|startsWith|endsWith|index_?of|find|findall|strip|trim\w*|count)|strings\.\w+|regexp\.\w+|Regex\w*(?:::new)?|re\.compile|=~|\bgrep|\bsed)\s*\(?[^()]*$/i;
const MESSAGE_BEFORE =
  /\b(?:print|println|printf|echo|puts|warn|warning|log|logger|info|debug|error|errorf|fatal|fatalf|panic|raise|throw|help|usage|description|Exception|Error)\w*[\s(.:=][^;]*$/i;

function isText(before: string, behind: string): boolean {
  if (PATTERN_BEFORE.test(before.slice(-200)) || /^["']?\s+(?:not\s+)?in\s+\w/.test(behind))
    return true;
  if (
    MESSAGE_BEFORE.test(before.slice(-200)) &&
    !/\b(?:run|exec|command|spawn|system|popen|call)\w*\s*\(/i.test(before)
  )
    return true;
  // A sentence, not a path: words stand before it within the string.
  const literal = /["'`]([^"'`]*)$/.exec(before)?.[1] ?? '';
  return SENTENCE.test(literal) && !/[=;|&]/.test(literal);
}

/** Lines that only run where a file of Torcx exists: the test, and what is indented deeper below it. */
function guardedLines({ text }: Document): Set<number> {
  const guarded = new Set<number>();
  let indentation = -1;
  for (const [index, line] of text.split('\n').entries()) {
    const depth = line.search(/\S/);
    if (indentation >= 0 && depth > indentation) guarded.add(index + 1);
    else if (depth >= 0) indentation = -1;
    if (
      /torcx/.test(line) &&
      /\bif\b.*(?:exists?|isfile|isdir|is_file|is_dir|access|os\.Stat|-[efxd])\b/.test(line) &&
      !/\bnot\b|!/.test(line)
    ) {
      guarded.add(index + 1);
      indentation = depth;
    }
  }
  return guarded;
}

/** Snapshots, inventories and logs in JSON: what a program saw once, and nobody reads as configuration. */
function isRecordedData({ text }: Document): boolean {
  const head = text.slice(0, 65536);
  if (/"(?:ignition|apiVersion|storage-driver|exec-opts|runtimes|ociVersion)"\s*:/.test(head))
    return false;
  return (
    /"(?:pid|ppid|taken|timestamp|collected|captured|generated|created_?at|scanned_?at|cmdline|exe|uptime)"\s*:/i.test(
      head,
    ) || /"[^"\n]*"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:\d\d/.test(head)
  );
}

/** Commands in documentation would be mistakes in a script; sentences and logs depend on nothing. */
function proseMentions({ text }: Document, references: readonly TorcxReference[]): Mention[] {
  const lines = text.split('\n');
  const isCode: boolean[] = [];
  let fence = false;
  for (const line of lines) {
    const isFence = /^\s*(?:```|~~~|----$)/.test(line);
    if (isFence) fence = !fence;
    isCode.push(!isFence && (fence || /^(?: {4}|\t)\S/.test(line)));
  }
  return references.map(reference => {
    const { start, end, line } = reference;
    const isCommand =
      !isLogLine(lines[line - 1] ?? '') &&
      isCode[line - 1] === true &&
      /^\s*[$#>]?\s*(?:sudo\s+)?[a-z.[A-Z/"$]/.test(lines[line - 1] ?? '');
    return { reference, start, end, use: 'value', strength: isCommand ? 'note' : 'inert' };
  });
}
