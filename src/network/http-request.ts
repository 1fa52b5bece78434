import { DownloadFailure, failureOf } from './download-failure.ts';
import { redirectTarget } from './redirect-target.ts';

/** What a server answers. The body has to be read to its end or closed. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The bytes as the server sent them. */
  body(): AsyncGenerator<Uint8Array, void, undefined>;
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds from the request to the head of the answer, and from one piece of the body to the next. */
  readonly patience: number;
}

/** As many as curl's users meet in practice; a loop ends here. */
const MAX_REDIRECTS = 5;

/**
 * The one place where this program uses the network. It sends no more than the address and `headers`, and follows
 * redirects itself, because `fetch` would follow them from https to http.
 * @throws DownloadFailure
 */
export async function httpRequest(request: HttpRequest): Promise<HttpAnswer> {
  let url = request.url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await ask({ ...request, url });
    const location = redirectOf(answer);
    if (location === undefined) return answer;
    await answer.close();
    url = redirectTarget(url, location);
  }
  throw new DownloadFailure(`more than ${MAX_REDIRECTS} redirects, the last one to ${url}`);
}

async function ask({ url, headers, patience }: HttpRequest): Promise<HttpAnswer> {
  const control = new AbortController();
  const waiting = new Waiting(control, patience);
  const response = await waiting
    .until(fetch(url, { headers, redirect: 'manual', signal: control.signal }))
    .catch((error: unknown) => {
      throw failureOf(error);
    });
  return {
    status: response.status,
    headers: response.headers,
    async *body() {
      if (response.body === null) return;
      const reader = response.body.getReader();
      try {
        for (;;) {
          const { value } = await waiting.until(reader.read());
          if (value === undefined) return;
          yield value;
        }
      } catch (error) {
        throw failureOf(error);
      } finally {
        await close(response, control);
      }
    },
    close: () => close(response, control),
  };
}

/** Gives up on a server that says nothing, but not while the one who reads the answer is busy. */
class Waiting {
  readonly #control: AbortController;
  readonly #patience: number;

  constructor(control: AbortController, patience: number) {
    this.#control = control;
    this.#patience = patience;
  }

  async until<T>(work: Promise<T>): Promise<T> {
    const seconds = this.#patience / 1000;
    const reason = new DownloadFailure(`no data for ${seconds} s`, { again: true });
    const timer = setTimeout(() => this.#control.abort(reason), this.#patience);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function close(response: Response, control: AbortController): Promise<void> {
  control.abort();
  await response.body?.cancel().catch(() => undefined);
}

function redirectOf({ status, headers }: HttpAnswer): string | undefined {
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  return isRedirect ? (headers.get('location') ?? undefined) : undefined;
}
