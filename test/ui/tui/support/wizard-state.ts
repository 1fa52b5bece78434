import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Answers, NO_ANSWERS } from '../../../../src/command-line/answers.ts';
import { parseCommandLine } from '../../../../src/command-line/options.ts';
import { ConversionServices } from '../../../../src/commands/conversion-services.ts';
import type { InspectReport } from '../../../../src/convert/inspect-report.ts';
import type { PipelineEvent } from '../../../../src/pipeline-event.ts';
import type { AppEvent } from '../../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import { startApp } from '../../../../src/ui/tui/start-app.ts';
import type {
  ListedEntry,
  Review,
  StoreOffer,
  WrittenResult,
} from '../../../../src/ui/wizard/wizard-services.ts';
import { fakeIo } from '../../../support/fake-io.ts';
import { fixtureImage } from '../../../support/fixture-images.ts';
import { afterEvents } from './planned-state.ts';
import { facts, type TestTerminal } from './test-terminal.ts';

export const ARCHIVE = 'docker:20.10.torcx.tgz';
export const CHOSEN: Answers = { ...NO_ANSWERS, archive: ARCHIVE };

const OFFERS: readonly StoreOffer[] = [
  offer('docker', '20.10', 'running'),
  offer('docker', '19.03', 'stored'),
];

const ENTRIES: readonly ListedEntry[] = [
  { name: '.hidden.tgz', kind: 'archive', size: 1 },
  { name: 'down', kind: 'directory' },
  { name: 'downloads', kind: 'directory' },
  { name: ARCHIVE, kind: 'image', size: 2748 },
  { name: 'docs.tar.gz', kind: 'archive', size: 512_000 },
  { name: 'notes.txt', kind: 'file', size: 12 },
];

/** The wizard as it opens on a node with two images, in a directory with one. */
export function sourceState(terminal: TestTerminal): AppState {
  const start = startApp(
    { mode: 'wizard', choices: NO_ANSWERS, env: { HOME: '/home/u' } },
    facts(terminal),
  );
  return afterEvents(start.state, [
    { kind: 'stores', stores: { offers: OFFERS, problems: [] } },
    { kind: 'listed', path: '', entries: ENTRIES },
  ]).state;
}

/** The same when the image was read. */
export function openedState(report: InspectReport, terminal: TestTerminal): AppState {
  const start = startApp({ mode: 'wizard', choices: CHOSEN, env: {} }, facts(terminal));
  return afterEvents(start.state, [{ kind: 'planned', report, choices: CHOSEN }]).state;
}

/** A conversion in the middle of its image, after six seconds. */
export function conversionEvents(): AppEvent[] {
  const converting = (event: PipelineEvent, now: number): AppEvent => {
    return { kind: 'converting', event, now };
  };
  return [
    { kind: 'conversionStarted', now: 1000 },
    converting({ kind: 'stage', stage: 'plan' }, 1000),
    converting({ kind: 'stage', stage: 'build' }, 1200),
    converting({ kind: 'bytes', done: 34 << 20, total: 54 << 20 }, 7400),
  ];
}

function offer(name: string, reference: string, use: StoreOffer['use']): StoreOffer {
  const path = `/var/lib/torcx/store/${name}:${reference}.torcx.tgz`;
  return { image: { name, reference }, path, size: 78_384_032, use };
}

/** What the services say of a conversion of a fixture into an empty directory. */
export function reviewOf(image: string): Promise<Review> {
  return inDirectory(image, (services, choices) =>
    services.review(choices, { onEvent: () => undefined }),
  );
}

/** What comes of it, with the files' names alone. */
export function resultOf(image: string): Promise<WrittenResult> {
  return inDirectory(image, async (services, choices) => {
    const answers = { ...choices, output: `${dirname(choices.archive)}/` };
    const result = await services.convert(answers, { onEvent: () => undefined });
    const written = result.written.map(file => ({ ...file, path: basename(file.path) }));
    return { ...result, written };
  });
}

async function inDirectory<T>(
  image: string,
  work: (services: ConversionServices, choices: Answers) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'wizard-state-'));
  const archive = join(directory, ARCHIVE);
  writeFileSync(archive, fixtureImage(`${image}.torcx.tgz`));
  const command = parseCommandLine(['-i'], {}, { stdin: true, stdout: true, stderr: true });
  if (command.mode !== 'wizard') throw new Error(`parsed as ${command.mode}`);
  const services = new ConversionServices(fakeIo(), { env: {}, display: command.display });
  const before = process.cwd();
  process.chdir(directory); // Where images go that have no other place: the caller's may have one already.
  try {
    return await work(services, { ...CHOSEN, archive });
  } finally {
    process.chdir(before);
    await services.close();
    rmSync(directory, { recursive: true });
  }
}
