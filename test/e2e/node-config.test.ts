import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ignitionText } from '../../src/provision/ignition.ts';
import { nodeConfig } from '../../src/provision/node-config.ts';
import { NODE_REQUESTS } from '../support/node-requests.ts';
import { requireTools } from './support/require-tools.ts';
import { runCommand } from './support/run-command.ts';

const validates = requireTools(['ignition-validate']);

describe.runIf(validates)('Ignition takes what is written for it', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-node-config-'));
  const path = join(work, 'config.json');
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test.each(Object.entries(NODE_REQUESTS))('%s', async (_, request) => {
    writeFileSync(path, ignitionText(nodeConfig(request)));
    const { status, stdout, stderr } = await runCommand('ignition-validate', [path]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('and not what it cannot use', async () => {
    writeFileSync(path, ignitionText(nodeConfig(request('docker'))).replace('sha256-', 'sha257-'));
    expect((await runCommand('ignition-validate', [path])).status).not.toBe(0);
  });
});

function request(name: string) {
  const found = NODE_REQUESTS[name];
  if (!found) throw new Error(`no request ${name}`);
  return found;
}
