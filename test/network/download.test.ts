import { afterEach, describe, expect, test } from 'vitest';
import { download } from '../../src/network/download.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import {
  type FileServer,
  type RequestLine,
  type Respond,
  sayNothing,
  sendFile,
  sendRedirect,
  sendStatus,
  serve,
} from '../support/file-server.ts';

const FILE = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
const OTHER = FILE.map(byte => byte ^ 0x5a);
const PATH = '/x86_64/docker-28.5.1.tgz';
const TAG = '"28.5.1"';
const tagged = { etag: TAG };
const whole = { path: PATH };

let server: FileServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface Outcome {
  readonly bytes: Uint8Array;
  readonly retries: readonly string[];
  readonly progress: readonly (readonly [done: number, total: number | undefined])[];
}

const QUICK = { patience: 300, delays: [1, 1, 1, 1], limit: 1 << 20 };

async function fetchFrom(
  responses: readonly Respond[],
  options: Partial<typeof QUICK> = {},
): Promise<Outcome> {
  server = await serve(...responses);
  const chunks: Buffer[] = [];
  const retries: string[] = [];
  const progress: [number, number | undefined][] = [];
  await download({
    ...QUICK,
    ...options,
    url: server.origin + PATH,
    target: {
      append: async chunk => void chunks.push(Buffer.from(chunk)),
      clear: async () => void chunks.splice(0),
    },
    onBytes: (done, total) => progress.push([done, total]),
    onRetry: reason => retries.push(reason),
  });
  return { bytes: Buffer.concat(chunks), retries, progress };
}

interface Case {
  readonly responses: readonly Respond[];
  /** What the server was asked, in this order. */
  readonly requests: readonly RequestLine[];
  readonly retries?: readonly string[];
  /** The file that comes out. */
  readonly file?: Uint8Array;
}

async function check({ responses, requests, retries = [], file = FILE }: Case): Promise<void> {
  const outcome = await fetchFrom(responses);
  expect(Buffer.compare(outcome.bytes, file)).toBe(0);
  expect(server?.requests).toEqual(requests);
  expect(outcome.retries).toEqual(retries);
  expect(outcome.progress.at(-1)?.[0] ?? 0).toBe(file.length);
}

const range = (start: number) => ({ path: PATH, range: `bytes=${start}-`, ifRange: TAG });
const LOST = 'connection lost';

const SUCCESSES: Readonly<Record<string, Case>> = {
  'a file that comes at once': { responses: [sendFile(FILE)], requests: [whole] },
  'a file without a length': {
    responses: [sendFile(FILE, { chunked: true })],
    requests: [whole],
  },
  'an empty file': {
    responses: [sendFile(new Uint8Array())],
    requests: [whole],
    file: new Uint8Array(),
  },
  'a connection that breaks goes on where it broke': {
    responses: [sendFile(FILE, { ...tagged, cutAfter: 40_000 }), sendFile(FILE, tagged)],
    requests: [whole, range(40_000)],
    retries: [LOST],
  },
  'a connection that breaks ten times, each time further on': {
    responses: [sendFile(FILE, { ...tagged, cutAfter: 10_000 })],
    requests: [whole, ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(n => range(n * 10_000))],
    retries: Array.from({ length: 9 }, () => LOST),
  },
  'a chunked body that breaks goes on where it broke': {
    responses: [
      sendFile(FILE, { ...tagged, chunked: true, cutAfter: 40_000 }),
      sendFile(FILE, tagged),
    ],
    requests: [whole, range(40_000)],
    retries: [LOST],
  },
  'a server that stalls in the middle is asked for the rest': {
    responses: [sendFile(FILE, { ...tagged, stallAfter: 40_000 }), sendFile(FILE, tagged)],
    requests: [whole, range(40_000)],
    retries: ['no data for 0.3 s'],
  },
  'a server that never answers is asked again': {
    responses: [sayNothing, sendFile(FILE)],
    requests: [whole, whole],
    retries: ['no data for 0.3 s'],
  },
  'a server without ranges sends everything again': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendFile(FILE, { ...tagged, noRanges: true }),
    ],
    requests: [whole, range(40_000)],
    retries: [LOST],
  },
  'a file that changed between two attempts comes whole': {
    responses: [sendFile(FILE, { ...tagged, cutAfter: 40_000 }), sendFile(OTHER)],
    requests: [whole, range(40_000)],
    retries: [LOST],
    file: OTHER,
  },
  'a server that ignores If-Range, and has another file now': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendFile(OTHER, { ignoreIfRange: true }),
      sendFile(OTHER),
    ],
    requests: [whole, range(40_000), whole],
    retries: [LOST, 'the file has changed'],
    file: OTHER,
  },
  'a file that is of another length now, under the same tag': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendFile(OTHER.subarray(0, 50_000), tagged),
    ],
    requests: [whole, range(40_000), whole],
    retries: [LOST, 'the file has changed'],
    file: OTHER.subarray(0, 50_000),
  },
  'a file that became shorter than what had come': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendFile(OTHER.subarray(0, 100), { ...tagged, ignoreIfRange: true }),
    ],
    requests: [whole, range(40_000), whole],
    retries: [LOST, 'the file has changed'],
    file: OTHER.subarray(0, 100),
  },
  'a range that does not begin where it was asked to': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendFile(FILE, { ...tagged, headers: { 'Content-Range': 'bytes 39999-99999/100000' } }),
      sendFile(FILE, tagged),
    ],
    requests: [whole, range(40_000), whole],
    retries: [LOST, 'the file has changed'],
  },
  'nothing to know the file by: from the start again': {
    responses: [sendFile(FILE, { etag: undefined, cutAfter: 40_000 }), sendFile(FILE)],
    requests: [whole, whole],
    retries: [LOST],
  },
  'a weak tag does not promise the same bytes': {
    responses: [sendFile(FILE, { etag: 'W/"28"', cutAfter: 40_000 }), sendFile(FILE)],
    requests: [whole, whole],
    retries: [LOST],
  },
  'a server in trouble is asked again': {
    responses: [sendStatus(500), sendStatus(503), sendStatus(429), sendFile(FILE)],
    requests: [whole, whole, whole, whole],
    retries: [500, 503, 429].map(status => `the server answers ${status}`),
  },
  'trouble in the middle does not lose what has come': {
    responses: [
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendStatus(502),
      sendFile(FILE, tagged),
    ],
    requests: [whole, range(40_000), range(40_000)],
    retries: [LOST, 'the server answers 502'],
  },
  'redirects, absolute and relative': {
    responses: [sendRedirect('/mirror/a.tgz', 301), sendRedirect('b.tgz', 307), sendFile(FILE)],
    requests: [whole, { path: '/mirror/a.tgz' }, { path: '/mirror/b.tgz' }],
  },
  'a redirected file goes on where it broke': {
    responses: [
      sendRedirect('/a'),
      sendFile(FILE, { ...tagged, cutAfter: 40_000 }),
      sendRedirect('/b'),
      sendFile(FILE, tagged),
    ],
    requests: [whole, { path: '/a' }, range(40_000), { ...range(40_000), path: '/b' }],
    retries: [LOST],
  },
};

describe('what comes in the end', () => {
  test.each(Object.entries(SUCCESSES))('%s', async (_, expected) => check(expected));

  test('a time of change serves where there is no tag', async () => {
    const headers = {
      'Last-Modified': 'Wed, 01 Oct 2025 10:00:00 GMT',
      Date: 'Wed, 01 Oct 2025 10:00:05 GMT',
    };
    const cut = sendFile(FILE, { etag: undefined, headers, cutAfter: 40_000 });
    const rest = sendFile(FILE, { etag: headers['Last-Modified'] });
    const { bytes } = await fetchFrom([cut, rest]);
    expect(Buffer.compare(bytes, FILE)).toBe(0);
    const ifRange = headers['Last-Modified'];
    expect(server?.requests.at(-1)).toEqual({ path: PATH, range: 'bytes=40000-', ifRange });
  });

  test('a reader that is slow is not a server that stalls', async () => {
    server = await serve(sendFile(FILE));
    let size = 0;
    const append = async (chunk: Uint8Array) => {
      await new Promise(resolve => setTimeout(resolve, 150));
      size += chunk.length;
    };
    const target = { append, clear: async () => undefined };
    await download({ ...QUICK, patience: 100, url: `${server.origin}/slow`, target });
    expect(size).toBe(FILE.length);
  });
});

interface Failure {
  readonly responses: readonly Respond[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly requests: number;
  readonly code?: string;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  'a file that is not there is not asked for twice': {
    responses: [sendStatus(404)],
    facts: { reason: 'the server answers 404', attempts: 1, status: 404 },
    requests: 1,
  },
  'a server that stays in trouble': {
    responses: [sendStatus(500)],
    facts: { reason: 'the server answers 500', attempts: 5, status: 500 },
    requests: 5,
  },
  'a server that wants to be left alone for long': {
    responses: [sendStatus(503, { 'Retry-After': '3600' })],
    facts: { reason: 'the server answers 503', attempts: 1, status: 503 },
    requests: 1,
  },
  'a connection that always breaks at the same place': {
    responses: [sendFile(FILE, { etag: undefined, cutAfter: 1000 })],
    facts: { reason: LOST, attempts: 5 },
    requests: 5,
  },
  'a length that is longer than the file': {
    responses: [sendFile(FILE, { etag: undefined, headers: { 'Content-Length': '100001' } })],
    facts: { attempts: 5 },
    requests: 5,
  },
  'a server that stalls each time': {
    responses: [sendFile(FILE, { etag: undefined, stallAfter: 10 })],
    facts: { reason: 'no data for 0.3 s', attempts: 5 },
    requests: 5,
  },
  'a byte at a time, for ever': {
    responses: [sendFile(FILE, { ...tagged, cutAfter: 1 })],
    facts: { reason: LOST, attempts: 50 },
    requests: 50,
  },
  'a redirect to itself': {
    responses: [sendRedirect(PATH)],
    facts: { attempts: 1, reason: expect.stringMatching(/^more than 5 redirects/) },
    requests: 6,
  },
  'a redirect to a file': {
    responses: [sendRedirect('file:///etc/passwd')],
    facts: { attempts: 1, reason: expect.stringMatching(/^redirect to file:\/\/\/etc\/passwd/) },
    requests: 1,
  },
  'a redirect to nowhere': {
    responses: [sendRedirect('http://[')],
    facts: { attempts: 1, reason: "redirect to 'http://[', which is no address" },
    requests: 1,
  },
  'a redirect without an address': {
    responses: [sendStatus(302)],
    facts: { attempts: 1, reason: 'the server answers 302', status: 302 },
    requests: 1,
  },
  'a part that nobody asked for': {
    responses: [sendStatus(206, { 'Content-Range': 'bytes 0-21/22' })],
    facts: { attempts: 1, reason: 'the server answers 206', status: 206 },
    requests: 1,
  },
  'a body that is compressed on the way': {
    responses: [sendFile(FILE, { headers: { 'Content-Encoding': 'gzip' } })],
    facts: { attempts: 1, reason: 'the server sends it in another form (gzip)' },
    requests: 1,
  },
  'a file that says that it is too large': {
    responses: [sendFile(new Uint8Array(2 << 20))],
    facts: { limit: 1 << 20 },
    requests: 1,
    code: 'archive-too-large',
  },
  'a file that turns out to be too large': {
    responses: [sendFile(new Uint8Array(2 << 20), { chunked: true })],
    facts: { limit: 1 << 20 },
    requests: 1,
    code: 'archive-too-large',
  },
};

describe('what fails, and how often it was tried', () => {
  test.each(Object.entries(FAILURES))('%s', async (_, expected) => {
    const { responses, facts, requests, code = 'download-failed' } = expected;
    const error = await toolErrorOf(() => fetchFrom(responses));
    expect(error).toMatchObject({ code, facts });
    expect(server?.requests).toHaveLength(requests);
  });

  test('nobody listens', async () => {
    const gone = await serve(sayNothing);
    await gone.close();
    const target = { append: async () => undefined, clear: async () => undefined };
    const error = await toolErrorOf(() => download({ ...QUICK, url: gone.origin, target }));
    expect(error).toMatchObject({ facts: { reason: 'connection refused', attempts: 5 } });
  });

  test('there is no such host', async () => {
    const target = { append: async () => undefined, clear: async () => undefined };
    const url = 'http://mirror.invalid/docker.tgz';
    const error = await toolErrorOf(() => download({ ...QUICK, url, target }));
    expect(error).toMatchObject({ code: 'download-failed', facts: { url } });
  });

  test('the error of the target comes out as it is', async () => {
    server = await serve(sendFile(FILE));
    const full = new Error('disk full');
    const target = { append: () => Promise.reject(full), clear: async () => undefined };
    await expect(download({ ...QUICK, url: server.origin, target })).rejects.toBe(full);
    expect(server.requests).toHaveLength(1);
  });
});
