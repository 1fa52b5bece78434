// Systems that never had Torcx: an audit has nothing to say of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkInProcess } from '../support/check-in-process.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { requireTools } from './support/require-tools.ts';

describe.runIf(requireTools(['debootstrap']))('a Debian as it is installed', () => {
  test('has no finding, and nothing that could not be read', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'clean-'));
    try {
      const root = join(directory, 'root');
      await makeDebianRoot(root);
      const args = ['--check', '/etc', '/usr/lib/systemd', '--root', root, '--format', 'json'];
      const { exitCode, stdout } = await checkInProcess(args);
      const { findings, scanned } = JSON.parse(stdout);
      expect([findings, scanned.unreadable, scanned.unparsed]).toEqual([[], [], []]);
      expect(scanned.files).toBeGreaterThan(300);
      expect(exitCode).toBe(0);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
