/**
 * Every failure that a user can cause or meet, with the facts that its message needs. The text is made in
 * ui/error-text.ts, the exit code is read by cli.ts from {@link EXIT_CODES}; nobody else decides either.
 */
export interface ErrorFacts {
  /** An option, argument or environment value that makes no sense. */
  readonly usage: { readonly what: string; readonly suggestion?: string };
  /** `similar` is the name of a file beside it, `target` where a link at `path` leads. */
  readonly 'input-missing': {
    readonly path: string;
    readonly similar?: string;
    readonly target?: string;
  };
  readonly 'input-unreadable': { readonly path: string; readonly reason: string };
  readonly 'input-is-directory': { readonly path: string };
  readonly 'input-not-directory': { readonly path: string };
  readonly 'input-empty': { readonly path: string };
  /** `kind` says what the file is instead of an archive: "an HTML page", "a zip archive". */
  readonly 'input-not-archive': {
    readonly path: string;
    readonly kind: string;
    readonly suggestion?: string;
  };
  /** `extensionRelease` is the file's name in the image: "extension-release.docker". */
  readonly 'already-sysext': { readonly path: string; readonly extensionRelease: string };
  readonly 'input-changed': { readonly path: string };
  /** `reason` goes on after a colon; `status` is that of the server's answer, if there was one. */
  readonly 'download-failed': {
    readonly url: string;
    readonly reason: string;
    readonly attempts: number;
    readonly status?: number;
  };
  /** Both in hexadecimal. */
  readonly 'checksum-mismatch': {
    readonly path: string;
    readonly expected: string;
    readonly actual: string;
  };
  /** `at` is the offset in the inflated archive, in bytes; `entry` counts from 1. */
  readonly 'archive-truncated': {
    readonly at: number;
    readonly entry: number;
    readonly lastGood?: string;
  };
  readonly 'archive-corrupt': {
    readonly at: number;
    readonly entry: number;
    readonly reason: string;
  };
  /** `what` and `limit` read "WHAT is over the limit of LIMIT": "the manifest", "100 entries"; a number is bytes. */
  readonly 'archive-too-large': { readonly what: string; readonly limit: string | number };
  /**
   * An entry that would leave the image or cannot exist in one (TX612). `reason` goes on after the entry's name, with a
   * verb: "leaves the image", "has a link target of 70000 bytes".
   */
  readonly 'unsafe-entry': {
    readonly entry: string;
    readonly reason: string;
    readonly suggestion?: string;
  };
  /** `reason`: "expected ',' or '}'". */
  readonly 'manifest-broken': {
    readonly line?: number;
    readonly column?: number;
    readonly reason: string;
  };
  /** The tree cannot become an extension that is safe to merge. */
  readonly 'not-convertible': { readonly reason: string; readonly suggestion?: string };
  readonly 'mixed-architecture': { readonly architectures: readonly string[] };
  /** A program for other machines than the extension is wanted for. */
  readonly 'wrong-architecture': {
    readonly path: string;
    readonly architecture: string;
    readonly wanted: string;
  };
  readonly 'output-exists': { readonly path: string; readonly size: number; readonly mtime: Date };
  readonly 'output-unwritable': { readonly path: string; readonly reason: string };
  /** Another process writes the file at `path`, or was killed while it did; `lock` is the file by which that shows. */
  readonly 'output-locked': { readonly path: string; readonly lock: string };
  /** `path` is the directory or file that was written; `oldFileKept` when one had the final name. */
  readonly 'no-space': {
    readonly path: string;
    readonly temporaryRemoved?: boolean;
    readonly oldFileKept?: boolean;
    readonly suggestion?: string;
  };
  /** The finished image did not pass its own checks; it never got its final name. */
  readonly 'self-check-failed': {
    readonly reason: string;
    /** The program that made it, if it was not this one. */
    readonly maker?: string;
  };
  readonly strict: { readonly warnings: number };
  /** Of an audit: a path that was given and is not there. */
  readonly 'path-missing': { readonly path: string };
  /** Nothing but directories lies at the paths of an audit. */
  readonly 'nothing-to-check': { readonly paths: readonly string[] };
  /** An audit that could not judge everything; its report says what. `files` counts what should have been read. */
  readonly incomplete: {
    readonly files: number;
    readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
    readonly unparsed: readonly { readonly path: string; readonly reason: string }[];
  };
  /** Files that --fix should have changed and could not; `files` counts those that it tried. */
  readonly 'fix-failed': {
    readonly files: number;
    readonly failed: readonly { readonly path: string; readonly reason: string }[];
  };
  /** The system gives no more memory; `what` reads "not enough memory for WHAT". */
  readonly 'no-memory': { readonly what: string; readonly suggestion: string };
  /** A compression thread is gone before its work was done; `reason` goes on after it: "ended with code 1". */
  readonly 'thread-lost': { readonly reason: string };
  /** `what` reads "WHAT is missing". */
  readonly 'tool-missing': { readonly what: string; readonly suggestion?: string };
  /** `signal` is the signal's number: 2 for Ctrl-C. */
  readonly interrupted: { readonly signal: number; readonly temporaryRemoved?: boolean };
}

export type ErrorCode = keyof ErrorFacts;

export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  usage: 2,
  'input-missing': 4,
  'input-unreadable': 4,
  'input-is-directory': 4,
  'input-not-directory': 4,
  'input-empty': 4,
  'input-not-archive': 4,
  'already-sysext': 4,
  'input-changed': 4,
  'download-failed': 4,
  'checksum-mismatch': 4,
  'archive-truncated': 4,
  'archive-corrupt': 4,
  'archive-too-large': 4,
  'unsafe-entry': 4,
  'manifest-broken': 4,
  'not-convertible': 4,
  'mixed-architecture': 4,
  'wrong-architecture': 4,
  'output-exists': 6,
  'output-unwritable': 6,
  'output-locked': 6,
  'no-space': 6,
  'self-check-failed': 70,
  strict: 1,
  'path-missing': 3,
  'nothing-to-check': 3,
  incomplete: 5,
  'fix-failed': 6,
  'no-memory': 7,
  'thread-lost': 70,
  'tool-missing': 7,
  interrupted: 128,
};

/** The exit code of a failure that no code above foresees: a defect of this program. */
const EXIT_INTERNAL = 70;

/** What a shell says of a program that Ctrl-C ended: 128 and the number of SIGINT. */
export const EXIT_INTERRUPTED = 130;

/** What the process exits with after `error`, whatever was thrown. */
export function exitCodeOf(error: unknown): number {
  if (isToolError(error, 'interrupted')) return EXIT_CODES.interrupted + error.facts.signal;
  if (!(error instanceof ToolError)) return EXIT_INTERNAL;
  const { code }: ToolError = error;
  return EXIT_CODES[code];
}

/** Narrows `error` to the failure `code`, with its facts. */
export function isToolError<C extends ErrorCode>(error: unknown, code: C): error is ToolError<C> {
  return error instanceof ToolError && error.code === code;
}

/** A failure with a code and its facts. `cause` keeps the original error. */
export class ToolError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'ToolError';
  readonly code: C;
  readonly facts: ErrorFacts[C];

  constructor(code: C, facts: ErrorFacts[C], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }
}
