import { type ErrorCode, type ErrorFacts, exitCodeOf, ToolError } from '../errors.ts';
import { shellWord } from '../shell-command.ts';
import { countText } from './count-text.ts';
import { safeBlock, safeJson, safeText } from './safe-text.ts';
import { sizeText } from './size-text.ts';
import type { Style } from './style.ts';

export interface ErrorTextOptions {
  readonly style: Style;
  /** Also the stack of an internal error, which is what a bug report needs. */
  readonly verbose: boolean;
}

/** What to say on stderr about `error`: one line, then why and what to try where that helps. Ends in a newline. */
export function errorText(error: unknown, { style, verbose }: ErrorTextOptions): string {
  const { what, why, hint } = errorMessage(error);
  const lines = [`torcx2sysext: ${style.severity.error('error')}: ${safeText(what)}`];
  if (why) lines.push(`  why: ${safeText(why)}`);
  if (hint) lines.push(`  try: ${safeText(hint)}`);
  if (verbose && !(error instanceof ToolError)) lines.push(...stackLines(error));
  return `${lines.join('\n')}\n`;
}

/** The same as the one JSON document on stdout that `--format json` promises. Ends in a newline. */
export function errorJson(error: unknown): string {
  const { what, why, hint } = errorMessage(error);
  const code = error instanceof ToolError ? String(error.code) : 'internal';
  const failure = {
    code,
    exitCode: exitCodeOf(error),
    message: what,
    ...(why !== undefined && { why }),
    ...(hint !== undefined && { try: hint }),
  };
  return `${safeJson(JSON.stringify({ error: failure }, null, 2))}\n`;
}

export interface ErrorMessage {
  readonly what: string;
  readonly why?: string | undefined;
  /** What stands behind `try:`. */
  readonly hint?: string | undefined;
}

const INTERNAL: ErrorMessage = { what: 'internal error', hint: 'report it with -v' };

type Messages = { readonly [C in ErrorCode]: (facts: ErrorFacts[C]) => ErrorMessage };

const MESSAGES: Messages = {
  usage: ({ what, suggestion }) => ({ what, hint: suggestion }),
  'input-missing': ({ path, similar, target }) => ({
    what:
      target === undefined
        ? `no such file '${path}'`
        : `'${path}' is a link to '${target}', which does not exist`,
    hint: similar && `${similar} (similar name in this directory)`,
  }),
  'input-unreadable': ({ path, reason }) => ({ what: `cannot read ${inputName(path)}: ${reason}` }),
  'input-is-directory': ({ path }) => ({
    what: `'${path}' is a directory, need an archive`,
    hint: '--check for a configuration tree',
  }),
  'input-not-directory': ({ path }) => ({
    what: `'${path}' is no directory, need one that holds usr or opt`,
    hint: 'without --bake for a Torcx image',
  }),
  'input-empty': ({ path }) => ({
    what: `${inputName(path)} is empty (0 bytes); interrupted download?`,
  }),
  'input-not-archive': ({ path, kind, suggestion }) => ({
    what: `${inputName(path)} is ${kind}, not an archive`,
    hint: suggestion,
  }),
  'already-sysext': ({ path, extensionRelease }) => ({
    what: `${inputName(path)} is already a sysext (has ${extensionRelease})`,
  }),
  'input-changed': ({ path }) => ({
    what: `'${path}' changed while it was read; nothing was written`,
    hint: 'again, when nothing writes to it any more',
  }),
  'download-failed': ({ url, reason, attempts, status }) => ({
    what: `cannot download ${url}: ${reason}${attempts > 1 ? ` (${attempts} attempts)` : ''}`,
    hint:
      status === 404
        ? `a version that ${url.slice(0, url.lastIndexOf('/') + 1)} lists`
        : 'download it in another way, and give the file in place of the version',
  }),
  'checksum-mismatch': ({ path, expected, actual }) => ({
    what: `${inputName(path)} is not what --sha256 says; nothing was unpacked`,
    why: `SHA-256 is ${actual}, not ${expected}`,
  }),
  'archive-truncated': ({ at, entry, lastGood }) => ({
    what: `archive ends early at ${place(at, entry)}${lastGood ? `; last good entry ${lastGood}` : ''}`,
    hint: 'download or copy the archive again',
  }),
  'archive-corrupt': ({ at, entry, reason }) => ({
    what: `archive is damaged at ${place(at, entry)}`,
    why: reason,
    hint: 'download or copy the archive again',
  }),
  'archive-too-large': ({ what, limit }) => ({
    what: `${what} is over the limit of ${typeof limit === 'number' ? sizeText(limit) : limit}; nothing was written`,
  }),
  'unsafe-entry': ({ entry, reason, suggestion }) => ({
    what: `unsafe entry '${entry}' ${reason} (TX612); nothing was written`,
    hint: suggestion,
  }),
  'manifest-broken': ({ line, column, reason }) => ({
    what: `${['.torcx/manifest.json', line, column].filter(part => part !== undefined).join(':')} ${reason}`,
    why: 'Torcx refused an image with such a manifest; what it meant to activate is unknown',
  }),
  'not-convertible': ({ reason, suggestion }) => ({
    what: `cannot become an extension: ${reason}`,
    hint: suggestion,
  }),
  'mixed-architecture': ({ architectures }) => ({
    what: `binaries of several architectures: ${architectures.join(', ')} (TX609)`,
    why: "systemd compares an extension's one ARCHITECTURE with the host's",
    hint: '--arch with the architecture of your hosts',
  }),
  'wrong-architecture': ({ path, architecture, wanted }) => ({
    what: `${path} is built for ${architecture}, not for ${wanted}`,
    hint: `--arch ${architecture}, if your hosts are such machines`,
  }),
  'output-exists': ({ path, size, mtime }) => ({
    what: `'${path}' exists (${sizeText(size)}, ${mtime.toISOString().slice(0, 10)})`,
    hint: path.endsWith('.raw') ? '--force, or -o other.raw' : '--force, or another name',
  }),
  'output-unwritable': ({ path, reason }) => ({ what: `cannot write '${path}': ${reason}` }),
  'output-locked': ({ path, lock }) => ({
    what: `cannot write '${path}': another run does, or was killed while it did`,
    why: `'${lock}' is there`,
    hint: `rm ${shellWord(lock)}, when nothing else publishes there`,
  }),
  'no-space': ({ path, temporaryRemoved, oldFileKept, suggestion }) => ({
    what: `no space left on ${path}${removedText(temporaryRemoved)}${oldFileKept ? ', old file kept' : ''}`,
    hint: suggestion,
  }),
  'self-check-failed': ({ reason, maker }) => ({
    what: `the new image failed its check: ${reason}; it was removed`,
    why: `this is a defect of ${maker ?? 'torcx2sysext'}, or of the disk`,
    hint: maker === undefined ? 'report it with -v' : '--image-format squashfs',
  }),
  strict: ({ warnings }) => ({
    what: `${countText(warnings, 'warning')}, and --strict makes them fail`,
    hint: '--dry-run shows them',
  }),
  'path-missing': ({ path }) => ({ what: `no such path '${path}'; nothing was checked` }),
  'nothing-to-check': ({ paths }) => ({
    what: `no files in ${paths.map(path => `'${path}'`).join(', ')}; nothing was checked`,
  }),
  incomplete: incompleteAudit,
  'fix-failed': ({ files, failed }) => ({
    what: `${failed.length} of ${countText(files, 'file')} not changed (first: ${failed[0]?.path})`,
    why: failed[0]?.reason,
  }),
  'no-memory': ({ what, suggestion }) => ({
    what: `not enough memory for ${what}`,
    hint: suggestion,
  }),
  'thread-lost': ({ reason }) => ({
    what: `a compression thread ${reason}; nothing was written`,
    hint: '--jobs 1, and report it with -v',
  }),
  'tool-missing': ({ what, suggestion }) => ({ what: `${what} is missing`, hint: suggestion }),
  interrupted: ({ signal, temporaryRemoved }) => ({
    what: `interrupted (${SIGNALS[signal] ?? `signal ${signal}`})${removedText(temporaryRemoved)}`,
  }),
};

/** An archive as it was given. */
function inputName(path: string): string {
  return path === '-' ? 'standard input' : `'${path}'`;
}

/** Only of a file that there was. */
function removedText(temporaryRemoved = false): string {
  return temporaryRemoved ? '; temporary file removed' : '';
}

/** The signals that end this program in an orderly way. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  15: 'SIGTERM',
};

/** An error in words, without their arrangement. */
export function errorMessage(error: unknown): ErrorMessage {
  if (error instanceof ToolError) return toolMessage(error);
  // What the system refuses is no inner working.
  return error instanceof Error && 'syscall' in error
    ? { ...INTERNAL, why: error.message }
    : INTERNAL;
}

function toolMessage<C extends ErrorCode>({ code, facts }: ToolError<C>): ErrorMessage {
  return MESSAGES[code](facts);
}

function incompleteAudit({ files, unreadable, unparsed }: ErrorFacts['incomplete']): ErrorMessage {
  const [first] = unreadable;
  if (first) {
    return {
      what: `${unreadable.length} of ${countText(files, 'file')} unreadable (first: ${first.path}); result is incomplete`,
      why: first.reason,
      hint: unreadable.some(({ reason }) => /denied|permitted/.test(reason)) ? 'sudo' : undefined,
    };
  }
  const [broken] = unparsed;
  return { what: `${broken?.path}:${broken?.reason} (TX106); other files were checked` };
}

function place(at: number, entry: number): string {
  return `${sizeText(at)}, entry ${entry}`;
}

/** The stacks of an error and its causes; `depth` bounds a chain of causes that bites its tail. */
function stackLines(error: unknown, depth = 8): string[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = safeBlock(stack)
    .split('\n')
    .map(line => `  ${line.trim()}`);
  const cause = error instanceof Error && depth > 0 ? error.cause : undefined;
  return cause === undefined ? lines : [...lines, ...stackLines(cause, depth - 1)];
}
