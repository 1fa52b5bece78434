/** Why one attempt to fetch something failed. `message` goes on after a colon. */
export class DownloadFailure extends Error {
  override readonly name = 'DownloadFailure';
  /** The same request may succeed later. */
  readonly again: boolean;
  /** Seconds that the server asks to wait for. */
  readonly after: number;
  /** Of the server's answer, if there was one. */
  readonly status: number | undefined;

  constructor(reason: string, { again = false, after = 0, status, ...options }: FailureFacts = {}) {
    super(reason, options);
    this.again = again;
    this.after = after;
    this.status = status;
  }
}

interface FailureFacts extends ErrorOptions {
  readonly again?: boolean;
  readonly after?: number;
  readonly status?: number;
}

/** What an error of `fetch`, or of reading what it gave, means. */
export function failureOf(error: unknown): DownloadFailure {
  if (error instanceof DownloadFailure) return error;
  const [code, message] = rootOf(error);
  const passing = PASSING[code];
  if (passing !== undefined) return new DownloadFailure(passing, { again: true, cause: error });
  return new DownloadFailure(LASTING[code] ?? message, { cause: error });
}

/** Codes of Node.js, and of undici, which is its `fetch`. */
const PASSING: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection lost',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  EPIPE: 'connection lost',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_BODY_TIMEOUT: 'no data in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_SOCKET: 'connection lost',
};

const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
};

/** Code and message of the innermost cause: `fetch` itself only says that it failed. */
function rootOf(error: unknown): readonly [code: string, message: string] {
  if (!(error instanceof Error)) return ['', String(error)];
  if (error.cause instanceof Error) return rootOf(error.cause);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [code, error.message];
}
