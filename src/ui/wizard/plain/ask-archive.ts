import { errorMessage } from '../../error-text.ts';
import { sizeText } from '../../size-text.ts';
import { expandHome } from '../expand-home.ts';
import type { ListedEntry, StoreOffer, WizardServices } from '../wizard-services.ts';
import type { LineDialogue } from './line-dialogue.ts';
import { indented, itemAt, numbered } from './numbered.ts';

interface Choice {
  readonly path: string;
  readonly label: string;
}

/** Asks for an archive: one of those that are at hand, or any other by its path. Whether it can be read is not known. */
export async function askArchive(
  dialogue: LineDialogue,
  services: Pick<WizardServices, 'listStores' | 'listDirectory' | 'home'>,
): Promise<string> {
  const { offers, problems } = await services.listStores();
  let choices = [...offers.map(storeChoice), ...(await archivesIn('', services))];
  await dialogue.say('', '1. Archive', ...problems.flatMap(indented), ...linesOf(choices));
  await dialogue.say(...indented('A path that ends in / lists a directory.'));
  for (;;) {
    const answer = await dialogue.ask('   Number or path: ');
    const path = itemAt(choices, answer)?.path ?? expandHome(answer, services.home);
    if (path === '') continue;
    if (!path.endsWith('/')) return path;
    try {
      choices = await archivesIn(path, services, 'and-directories');
      const empty = choices.length === 0 ? indented(`No archive is in ${path}`) : [];
      await dialogue.say(...empty, ...linesOf(choices));
    } catch (error) {
      await dialogue.say(...indented(errorMessage(error).what));
    }
  }
}

function linesOf(choices: readonly Choice[]): string[] {
  return choices.flatMap(({ label }, index) => numbered(index + 1, label));
}

const USES: Readonly<Record<StoreOffer['use'], string>> = {
  running: ', in use on this node',
  selected: ', selected for the next boot',
  stored: '',
};

function storeChoice({ image, path, size, use }: StoreOffer): Choice {
  const label = `${image.name}:${image.reference}${USES[use]} (${sizeText(size)}): ${path}`;
  return { path, label };
}

async function archivesIn(
  directory: string,
  { listDirectory }: Pick<WizardServices, 'listDirectory'>,
  directories?: 'and-directories',
): Promise<Choice[]> {
  const wanted: readonly ListedEntry['kind'][] = directories
    ? ['directory', 'image', 'archive']
    : ['image', 'archive'];
  const entries = await listDirectory(directory || '.');
  return entries
    .filter(({ kind }) => wanted.includes(kind))
    .map(({ name, kind, size }) => {
      const path = `${directory}${name}${kind === 'directory' ? '/' : ''}`;
      return { path, label: size === undefined ? path : `${path} (${sizeText(size)})` };
    });
}
