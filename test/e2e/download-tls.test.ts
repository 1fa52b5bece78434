import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseArchive } from '../support/docker-release.ts';
import {
  type FileServer,
  listen,
  type Respond,
  sayNothing,
  sendFile,
  sendRedirect,
} from '../support/file-server.ts';
import { REPOSITORY } from './support/convert.ts';
import { requireTools } from './support/require-tools.ts';
import { type CommandResult, runChecked, runCommand } from './support/run-command.ts';

const ready = requireTools(['openssl']);

describe.runIf(ready)('a download over https', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-tls-'));
  const certificate = join(work, 'cert.pem');
  const key = join(work, 'key.pem');
  const temporary = join(work, 'tmp');

  beforeAll(async () => {
    mkdirSync(temporary);
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    await runChecked('openssl', [
      ...['req', '-x509', ...made, ...subject],
      ...['-keyout', key, '-out', certificate],
    ]);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  async function withServer<T>(
    respond: Respond,
    use: (server: FileServer) => Promise<T>,
  ): Promise<T> {
    const tls = { key: readFileSync(key), cert: readFileSync(certificate) };
    const server = await listen('https', handler => createServer(tls, handler), [respond]);
    try {
      return await use(server);
    } finally {
      await server.close();
    }
  }

  const argumentsFor = ({ origin }: FileServer) => [
    join(REPOSITORY, 'dist/cli.js'),
    ...['--docker', '28.5.1', '--mirror', origin, '--output', `${work}/`, '--progress', 'plain'],
  ];
  const trusting = { NODE_EXTRA_CA_CERTS: certificate, TMPDIR: temporary };
  const command = (server: FileServer, env: Record<string, string>): Promise<CommandResult> =>
    runCommand(process.execPath, argumentsFor(server), { env });
  const left = () => [
    ...readdirSync(work).filter(name => /docker/.test(name)),
    ...readdirSync(temporary),
  ];

  test('needs no checksum', async () => {
    const { status } = await withServer(sendFile(releaseArchive()), server =>
      command(server, trusting),
    );
    expect(status).toBe(0);
    expect(left()).toEqual(['docker.raw', 'docker.report.json', 'docker.report.md']);
    for (const name of left()) rmSync(join(work, name));
  });

  test('from somebody who cannot prove to be the mirror is refused at once', async () => {
    await withServer(sendFile(releaseArchive()), async server => {
      const { status, stderr } = await command(server, { TMPDIR: temporary });
      expect(status).toBe(4);
      expect(stderr).toMatch(/error: cannot download https:.*: self-signed certificate\n/);
      expect(server.requests).toEqual([]);
    });
    expect(left()).toEqual([]);
  });

  test('is not handed on to http', async () => {
    await withServer(sendRedirect('http://127.0.0.1:9/docker.tgz'), async server => {
      const { status, stderr } = await command(server, trusting);
      expect(status).toBe(4);
      expect(stderr).toContain('redirect to http://127.0.0.1:9/docker.tgz, which is less safe');
      expect(server.requests).toHaveLength(1);
    });
  });

  test('that hangs is ended by Ctrl-C, and leaves nothing', async () => {
    await withServer(sayNothing, async server => {
      const env = { ...process.env, ...trusting };
      const child = spawn(process.execPath, argumentsFor(server), { env, stdio: 'ignore' });
      const ended = new Promise(resolve => child.on('exit', resolve));
      while (server.requests.length === 0) await new Promise(resolve => setTimeout(resolve, 20));
      child.kill('SIGINT');
      expect(await ended).toBe(130);
    });
    expect(left()).toEqual([]);
  });
});
