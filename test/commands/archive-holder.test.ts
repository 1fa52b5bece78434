import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ArchiveHolder } from '../../src/commands/archive-holder.ts';
import { isToolError } from '../../src/errors.ts';
import { fakeIo } from '../support/fake-io.ts';
import { fixtureImage } from '../support/fixture-images.ts';

let directory: string;
let archive: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'archive-holder-'));
  archive = join(directory, 'docker:20.10.torcx.tgz');
  writeFileSync(archive, fixtureImage('flatcar-style.torcx.tgz'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('an archive is read once, however often it is wanted', async () => {
  const holder = new ArchiveHolder(fakeIo());
  const stages: string[] = [];
  const onEvent = (event: { kind: string }) => stages.push(event.kind);
  const [one, two] = await Promise.all([
    holder.hold(archive, { onEvent }),
    holder.hold(archive, { onEvent }),
  ]);
  expect(two).toBe(one);
  expect(stages.filter(kind => kind === 'stage')).toHaveLength(2);
  await holder.close();
});

test('closing ends a reading that is under way', async () => {
  const holder = new ArchiveHolder(fakeIo());
  const kinds: string[] = [];
  let closed: Promise<void> | undefined;
  const held = holder.hold(archive, {
    onEvent(event) {
      kinds.push(event.kind);
      closed ??= holder.close();
    },
  });
  await expect(held).rejects.toSatisfy(error => isToolError(error, 'interrupted'));
  await closed;
  expect(kinds).toEqual(['stage']);
});

test('closing does not wait for somebody to write into a FIFO', async () => {
  const fifo = join(directory, 'fifo.tgz');
  execFileSync('mkfifo', [fifo]);
  const holder = new ArchiveHolder(fakeIo());
  const held = holder.hold(fifo, { onEvent: () => undefined });
  await Promise.all([
    expect(held).rejects.toSatisfy(error => isToolError(error, 'interrupted')),
    new Promise(setImmediate).then(() => holder.close()),
  ]);
  // Lets go of the thread that still waits for it.
  writeFileSync(fifo, '');
});

test('an archive that changes while it is read is not held', async () => {
  const holder = new ArchiveHolder(fakeIo());
  const held = holder.hold(archive, {
    onEvent(event) {
      if (event.kind === 'stage') utimesSync(archive, new Date(0), new Date(0));
    },
  });
  await expect(held).rejects.toSatisfy(error => isToolError(error, 'input-changed'));
  await holder.close();
});
