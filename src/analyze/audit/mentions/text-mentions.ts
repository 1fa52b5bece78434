import { findTorcxReferences, type TorcxReference } from '../../torcx-reference.ts';
import type { Document } from '../document.ts';
import { isLogLine } from '../document-kind.ts';
import { RangeSet } from '../range-set.ts';
import { torcxPlace } from '../torcx-place.ts';
import { isCandidate } from './candidate-list.ts';
import { questionStrength } from './document-guards.ts';
import { lookUpStrength } from './environment-look-up.ts';
import { lineStrengths } from './line-script.ts';
import type { Mention, Strength, Use } from './mention.ts';
import { isRemovedByTask } from './removed-by-task.ts';
import { searchPathStrength } from './search-path.ts';
import { guardedLines } from './source-guards.ts';
import { HAS_MESSAGES, isComment, isOnlySaid } from './text-messages.ts';

/** The references of a text that is neither a unit nor a shell script. */
export function textMentions(document: Document): Mention[] {
  const references = findTorcxReferences(document.text);
  if (references.length === 0) return [];
  if (document.kind === 'prose') return proseMentions(document, references);
  const isRecord = document.kind === 'json' && isRecordedData(document);
  const guards = document.kind === 'source' ? guardedLines(document.text) : undefined;
  const places = {
    paths: new RangeSet(document.files.filter(({ nodePath }) => torcxPlace(nodePath))),
    targets: new RangeSet(document.files.flatMap(({ target }) => target ?? [])),
  };
  const inLine = lineGuards(document);
  return references.map(reference => {
    const { start, end } = reference;
    const classified = isRecord ? INERT : classify(document, reference, places);
    const isGuarded =
      classified.strength === 'hard' && (guards?.has(reference.line) || inLine(reference));
    return {
      reference,
      start,
      end,
      ...classified,
      ...(isGuarded && { strength: 'soft' as const }),
    };
  });
}

/** Whether the line of a reference makes it a guarded one: as a command of a shell, or by a test of udev. */
function lineGuards({ text, lines, kind }: Document): (reference: TorcxReference) => boolean {
  const known = new Map<number, ReadonlyMap<number, Strength>>();
  return ({ line, start }) => {
    const lineStart = lines.start(line);
    let strengths = known.get(line);
    if (!strengths) {
      const content = text.slice(lineStart, lines.end(line));
      strengths = kind === 'udev' ? udevStrengths(content) : lineStrengths(content);
      known.set(line, strengths);
    }
    return strengths.get(start - lineStart) === 'soft';
  };
}

/** `TEST=="FILE"` keeps the rest of its rule from being applied (udev(7)). */
function udevStrengths(line: string): ReadonlyMap<number, Strength> {
  const references = findTorcxReferences(line);
  const isTest = ({ start }: TorcxReference) =>
    /\bTEST(?:\{\w+\})?\s*[=!]=\s*"$/.test(line.slice(Math.max(0, start - NEAR), start));
  const tests = references.filter(isTest);
  const isHolding = tests.some(({ start }) => line.slice(0, start).endsWith('=="'));
  return new Map((isHolding ? references : tests).map(({ start }) => [start, 'soft']));
}

interface Classified {
  readonly use: Use;
  readonly strength: Strength;
}

const INERT: Classified = { use: 'value', strength: 'inert' };
const MOUNT =
  /(?:hostPath|HostPath|[Vv]olumes?|(?<!\bnsenter\b[^\n]{0,40})[Mm]ounts?|bind|Source|(?<!\bcommand )-v)(?![\w-])[^\n]{0,80}$/;

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
  if (isOnlySaid({ document, offset: start, before, behind })) return INERT;
  if (STOPS.test(before)) return { use: 'value', strength: 'note' };
  if ((HAS_MESSAGES.has(kind) || kind === 'source') && isRemovedByTask(text, start))
    return { use: 'value', strength: 'note' };
  const question = questionStrength(document, start);
  if (question) return { use: 'condition', strength: question };
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
  if (isMountPoint(text, lineStart, before)) return { use: 'mount', strength: 'soft' };
  if (kind === 'tmpfiles' && /^\s*\S+\s+["']?$/.test(before))
    return { use: 'value', strength: /^\s*[rRxX]/.test(before) ? 'note' : 'soft' };
  // A user whose home is not there is made all the same.
  if (/\/sysusers\.d\//.test(document.nodePath)) return { use: 'value', strength: 'soft' };
  // systemd makes the directory that something is mounted on.
  if (document.nodePath.endsWith('/fstab') && /^\s*\S+\s+$/.test(before))
    return { use: 'mount', strength: 'soft' };
  if (/\.preset$/.test(document.nodePath)) return { use: 'dependency', strength: 'soft' };
  if (NAMES_UNIT.test(before) || isOwnUnit(text, reference))
    return { use: 'dependency', strength: 'soft' };
  if (kind === 'yaml' && isBind(before, behind)) return { use: 'mount', strength: 'hard' };
  if (MOUNT.test(before) || isHostPath(text, lineStart, before))
    return { use: 'mount', strength: 'hard' };
  return { use: 'value', strength: reference.meaning.kind === 'profile' ? 'soft' : 'hard' };
}

/** Kernel arguments, what a journal is filtered by, and where the file of a unit lies. */
const NAMES_UNIT =
  /(?:\bsystemd\.(?:mask|wants)=|\b_SYSTEMD_UNIT=|\/systemd\/(?:system|user)\/(?:[\w@.-]+\.wants\/)?)$/;

/** An environment file that gives TORCX_BINDIR a directory of today serves its units as Torcx did. */
function isOwnDirectory({ text }: TorcxReference, behind: string): boolean {
  return text === 'TORCX_BINDIR' && /^\s*=\s*["']?\//.test(behind) && !behind.includes('torcx');
}

/** The name of a unit that is described, as Ignition has it: to mask or enable what is gone does nothing. */
function isOwnUnit(text: string, { start, end, meaning }: TorcxReference): boolean {
  if (meaning.kind !== 'target') return false;
  const before = text.slice(Math.max(0, start - NEAR), start);
  if (!/(?:^|[-{,])\s*["']?name["']?\s*[:=]\s*["']?$/m.test(before)) return false;
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

/** A place in a container, or one that a policy speaks of. */
function isMountPoint(text: string, lineStart: number, before: string): boolean {
  const key = /\b(mountPath|containerPath|pathPrefix|target)["']?\s*:\s*["']?$/.exec(before)?.[1];
  if (key !== 'target') return key !== undefined;
  const above = text.slice(Math.max(0, lineStart - NEAR), lineStart);
  return /\btype["']?\s*:\s*["']?bind\b/.test(above);
}

/** `hostPath:` on the line before `path:`. */
function isHostPath(text: string, lineStart: number, before: string): boolean {
  if (!/\b(?:path|source|device)["']?\s*[:=]\s*["']?$/.test(before)) return false;
  const above = text.slice(Math.max(0, lineStart - NEAR), lineStart).trimEnd();
  return (
    /(?:hostPath|volume|mount|bind|local)["']?\s*:\s*(?:\{\s*)?$/i.test(above) ||
    /\btype["']?\s*[:=]\s*["']?bind["']?,?$/.test(above)
  );
}

/** systemd minds no unit that it is to stop or to mask, and that is gone. */
const STOPS =
  /\bsystemctl\s+(?:-\S+\s+)*(?:mask|unmask|disable|stop|reset-failed)\s(?:[\w@.-]+\s+)*$/;

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
    const isFence = /^\s*(?:```|~~~|----\r?$)/.test(line);
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
