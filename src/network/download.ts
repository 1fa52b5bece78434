import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '../errors.ts';
import { DownloadFailure } from './download-failure.ts';
import { type HttpAnswer, httpRequest } from './http-request.ts';
import { contentRange, strongValidator } from './partial-content.ts';

/** Where the bytes go, in their order. */
export interface DownloadTarget {
  append(chunk: Uint8Array): Promise<void>;
  /** Forgets what was appended: the server has something else now. */
  clear(): Promise<void>;
}

export interface Download {
  readonly url: string;
  readonly target: DownloadTarget;
  /** The most bytes that may come: a server must not fill the disk. */
  readonly limit: number;
  readonly onBytes?: (done: number, total: number | undefined) => void;
  /** Another attempt follows in so many milliseconds. */
  readonly onRetry?: (reason: string, delay: number) => void;
  /** Milliseconds without any data after which an attempt has failed. */
  readonly patience?: number;
  /** Milliseconds before each further attempt; when none of them brings anything, that is the end. */
  readonly delays?: readonly number[];
}

/** Milliseconds, as in {@link Download}. */
const PATIENCE = 30_000;
const DELAYS = [1000, 2000, 4000, 8000];
/** A server that gives a byte and hangs up, again and again, is not worth more. */
const MAX_ATTEMPTS = 50;
/** Seconds. A server that asks for more with Retry-After is better asked again by the user. */
const MAX_REQUESTED_DELAY = 60;

/**
 * Fetches a file over HTTP. A connection that breaks is taken up where it broke, if the server can do that and still has
 * the same file (RFC 9110, sections 13.1.5 and 14), otherwise from the start.
 * @throws ToolError `download-failed`, `archive-too-large`, and whatever the target throws
 */
export async function download(options: Download): Promise<void> {
  const { delays = DELAYS, onRetry } = options;
  const transfer = new Transfer(options);
  let inVain = 0;
  for (let attempt = 1; ; attempt += 1) {
    const before = transfer.done;
    try {
      return await transfer.attempt();
    } catch (error) {
      if (!(error instanceof DownloadFailure)) throw error;
      if (transfer.done > before) inVain = 0;
      const delay = delays[inVain];
      inVain += 1;
      const isLast = delay === undefined || attempt === MAX_ATTEMPTS;
      if (isLast || !error.again || error.after > MAX_REQUESTED_DELAY) {
        throw failed(options.url, error, attempt);
      }
      const pause = Math.max(delay, error.after * 1000);
      onRetry?.(error.message, pause);
      await sleep(pause);
    }
  }
}

function failed(url: string, error: DownloadFailure, attempts: number): ToolError {
  const { message: reason, status } = error;
  const facts = { url, reason, attempts, ...(status !== undefined && { status }) };
  return new ToolError('download-failed', facts, { cause: error });
}

/** What has come of one file so far, and what is known of the rest. */
class Transfer {
  readonly #options: Download;
  /** Bytes in the target. */
  done = 0;
  /** Bytes of the whole file, where the server has told. */
  #total: number | undefined;
  /** By what the server knows this very version of the file. */
  #validator: string | undefined;

  constructor(options: Download) {
    this.#options = options;
  }

  async attempt(): Promise<void> {
    const { url, patience = PATIENCE } = this.#options;
    const validator = this.#validator;
    const isRest = this.done > 0 && validator !== undefined;
    const answer = await httpRequest({
      url,
      patience,
      headers: {
        // fetch would inflate what a server compresses on the way, and offsets would mean nothing.
        'Accept-Encoding': 'identity',
        'User-Agent': 'torcx2sysext',
        ...(isRest && { Range: `bytes=${this.done}-`, 'If-Range': validator }),
      },
    });
    try {
      await this.#accept(answer, isRest);
      for await (const chunk of answer.body()) await this.#take(chunk);
    } finally {
      await answer.close();
    }
    if (this.#total !== undefined && this.done !== this.#total) {
      throw new DownloadFailure(`${this.done} bytes came, not ${this.#total}`, { again: true });
    }
  }

  /** Leaves the target so that the answer's body goes to its end. */
  async #accept({ status, headers }: HttpAnswer, isRest: boolean): Promise<void> {
    const encoding = headers.get('content-encoding') ?? 'identity';
    if (encoding !== 'identity') {
      throw new DownloadFailure(`the server sends it in another form (${encoding})`);
    }
    if (isRest && status === 206) return this.#acceptRest(headers);
    // 416: the file is shorter now than what was asked for.
    if (isRest && status === 416) return this.#startAgain('the file has changed');
    if (status !== 200) throw statusFailure(status, headers);
    await this.#clear();
    const length = headers.get('content-length');
    this.#total = length === null ? undefined : Number(length);
    this.#validator = strongValidator(headers);
    this.#assertWithinLimit(this.#total ?? 0);
  }

  /** A server that does not know If-Range sends a part of whatever it has now. */
  async #acceptRest(headers: Headers): Promise<void> {
    const { start, total = this.#total } = contentRange(headers) ?? {};
    const isSame = (strongValidator(headers) ?? this.#validator) === this.#validator;
    this.#total ??= total;
    if (!isSame || start !== this.done || total !== this.#total) {
      return this.#startAgain('the file has changed');
    }
    this.#assertWithinLimit(this.#total ?? 0);
  }

  async #take(chunk: Uint8Array): Promise<void> {
    this.#assertWithinLimit(this.done + chunk.length);
    await this.#options.target.append(chunk);
    this.done += chunk.length;
    this.#options.onBytes?.(this.done, this.#total);
  }

  async #startAgain(reason: string): Promise<never> {
    await this.#clear();
    throw new DownloadFailure(reason, { again: true });
  }

  async #clear(): Promise<void> {
    if (this.done > 0) await this.#options.target.clear();
    this.done = 0;
    this.#total = undefined;
    this.#validator = undefined;
  }

  #assertWithinLimit(size: number): void {
    const { limit, url } = this.#options;
    if (size <= limit) return;
    throw new ToolError('archive-too-large', { what: url, limit });
  }
}

/** Too many requests, and what is the server's own trouble, may pass; the rest is an answer. */
function statusFailure(status: number, headers: Headers): DownloadFailure {
  const again = status === 408 || status === 429 || status >= 500;
  const after = Number(headers.get('retry-after') ?? 0) || 0;
  return new DownloadFailure(`the server answers ${status}`, { again, after, status });
}
