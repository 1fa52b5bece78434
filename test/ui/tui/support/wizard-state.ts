import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_ANSWERS } from '../../../../src/command-line/answers.ts';
import { parseCommandLine } from '../../../../src/command-line/options.ts';
import { ConversionServices } from '../../../../src/commands/wizard-services.ts';
import type { InspectReport } from '../../../../src/convert/inspect-report.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import type { Choices } from '../../../../src/ui/tui/choices.ts';
import { startApp } from '../../../../src/ui/tui/start-app.ts';
import type { Viewport } from '../../../../src/ui/tui/viewport.ts';
import type { ListedEntry, Review, StoreOffer } from '../../../../src/ui/wizard/wizard-services.ts';
import { fakeIo } from '../../../support/fake-io.ts';
import { fixtureImage } from '../../../support/fixture-images.ts';
import { afterEvents } from './planned-state.ts';

export const ARCHIVE = 'docker:20.10.torcx.tgz';
export const CHOSEN: Choices = { ...NO_ANSWERS, archive: ARCHIVE };

export const OFFERS: readonly StoreOffer[] = [
  offer('docker', '20.10', 'running'),
  offer('docker', '19.03', 'stored'),
];

export const ENTRIES: readonly ListedEntry[] = [
  { name: '.hidden.tgz', kind: 'archive', size: 1 },
  { name: 'down', kind: 'directory' },
  { name: 'downloads', kind: 'directory' },
  { name: ARCHIVE, kind: 'image', size: 2748 },
  { name: 'docs.tar.gz', kind: 'archive', size: 512_000 },
  { name: 'notes.txt', kind: 'file', size: 12 },
];

/** The wizard as it opens on a node with two images, in a directory with one. */
export function sourceState(viewport: Viewport): AppState {
  const start = startApp(
    { mode: 'wizard', choices: NO_ANSWERS, env: { HOME: '/home/u' } },
    viewport,
  );
  return afterEvents(start.state, [
    { kind: 'stores', offers: OFFERS },
    { kind: 'listed', path: '', entries: ENTRIES },
  ]).state;
}

/** The same when the image was read. */
export function openedState(report: InspectReport, viewport: Viewport): AppState {
  const start = startApp({ mode: 'wizard', choices: CHOSEN, env: {} }, viewport);
  return afterEvents(start.state, [{ kind: 'planned', report, choices: CHOSEN }]).state;
}

function offer(name: string, reference: string, use: StoreOffer['use']): StoreOffer {
  const path = `/var/lib/torcx/store/${name}:${reference}.torcx.tgz`;
  return { image: { name, reference }, path, size: 78_384_032, use };
}

/** What the services say of a conversion of a fixture into an empty directory. */
export async function reviewOf(image: string): Promise<Review> {
  const directory = mkdtempSync(join(tmpdir(), 'review-'));
  const archive = join(directory, ARCHIVE);
  writeFileSync(archive, fixtureImage(`${image}.torcx.tgz`));
  const command = parseCommandLine(['-i'], {}, { stdin: true, stdout: true, stderr: true });
  if (command.mode !== 'wizard') throw new Error(`parsed as ${command.mode}`);
  const services = new ConversionServices(fakeIo(), { env: {}, display: command.display });
  try {
    const review = await services.review({ ...CHOSEN, archive }, { onEvent: () => undefined });
    return { ...review, files: review.files.map(file => ({ ...file, fate: 'new' })) };
  } finally {
    await services.close();
    rmSync(directory, { recursive: true });
  }
}
