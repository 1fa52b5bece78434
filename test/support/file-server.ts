import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly origin: string;
  /** Every request so far: its path, its range, and what it was conditional on. */
  readonly requests: readonly RequestLine[];
  close(): Promise<void>;
}

export interface RequestLine {
  readonly path: string;
  readonly range?: string;
  readonly ifRange?: string;
}

/** An HTTP server on loopback. The n-th request gets the n-th of `responses`, and the last one all that follow. */
export function serve(...responses: readonly Respond[]): Promise<FileServer> {
  return listen('http', createServer, responses);
}

/** The same with a server of the caller's making. */
export async function listen(
  scheme: 'http' | 'https',
  create: (handler: Respond) => Server,
  responses: readonly Respond[],
): Promise<FileServer> {
  const requests: RequestLine[] = [];
  const server = create((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    const respond = responses[Math.min(requests.length, responses.length - 1)];
    requests.push({
      path: request.url ?? '',
      ...(range !== undefined && { range }),
      ...(typeof ifRange === 'string' && { ifRange }),
    });
    respond?.(request, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `${scheme}://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface FileFaults {
  /** Bytes of the body after which the connection breaks. */
  readonly cutAfter?: number;
  /** Bytes of the body after which nothing more comes. */
  readonly stallAfter?: number;
  /** A server that always sends the whole file. */
  readonly noRanges?: boolean;
  /** A server that does not know If-Range, and sends the range of what it has now. */
  readonly ignoreIfRange?: boolean;
  /** In place of the file's own, or undefined for none. */
  readonly etag?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** No Content-Length: the body is chunked. */
  readonly chunked?: boolean;
}

/** Serves `file` as RFC 9110 says, but for `faults`. */
export function sendFile(file: Uint8Array, faults: FileFaults = {}): Respond {
  const ownTag = `"${createHash('sha256').update(file).digest('hex').slice(0, 8)}"`;
  const tag = 'etag' in faults ? faults.etag : ownTag;
  return ({ headers }, response) => {
    const start = faults.noRanges ? undefined : startOf(headers.range);
    const isSame = faults.ignoreIfRange || headers['if-range'] === tag;
    const from = start !== undefined && isSame ? start : 0;
    const isPart = start !== undefined && isSame;
    if (from > file.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${file.length}` }).end();
      return;
    }
    response.writeHead(isPart ? 206 : 200, {
      ...(tag !== undefined && { ETag: tag }),
      ...(!faults.chunked && { 'Content-Length': `${file.length - from}` }),
      ...(isPart && { 'Content-Range': `bytes ${from}-${file.length - 1}/${file.length}` }),
      ...faults.headers,
    });
    const { cutAfter, stallAfter } = faults;
    const until = from + (cutAfter ?? stallAfter ?? file.length);
    const sent = () => {
      if (cutAfter !== undefined) response.socket?.destroy();
      else if (stallAfter === undefined) response.end();
    };
    response.write(file.subarray(from, until), () => setImmediate(sent));
  };
}

export function sendStatus(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Respond {
  return (_, response) => void response.writeHead(status, headers).end('not what was asked for');
}

export function sendRedirect(location: string, status = 302): Respond {
  return sendStatus(status, { Location: location });
}

/** Takes the request, and never answers. */
export const sayNothing: Respond = () => undefined;

function startOf(range: string | undefined): number | undefined {
  const start = /^bytes=(\d+)-$/.exec(range ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}
