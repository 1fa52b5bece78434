import type { TorcxMeaning } from '../analyze/torcx-path.ts';
import type { UnitSetting } from '../analyze/unit-file.ts';
import { onlyMeaning } from './only-meaning.ts';
import type { SettingChange } from './setting-change.ts';
import type { UnitScope } from './unit-scope.ts';

/**
 * A condition that held because Torcx ran goes; one that says the opposite needs a decision.
 * @returns undefined for one that has to stay, `general` for one about a file of the image, which is somewhere else now
 */
export function rewriteCondition(
  { key, value }: Pick<UnitSetting, 'key' | 'value'>,
  scope: UnitScope,
): SettingChange | undefined | 'general' {
  const [, trigger = '', negation = '', rest = ''] = /^(\|?)\s*(!?)\s*(.*)$/s.exec(value) ?? [];
  const place = torcxPlace(rest, scope);
  if (place === undefined) return 'general';
  const question = key.replace(/^(?:Condition|Assert)/, '');
  if (hasSuccessor(place) && !isAnotherAnswer(question, place)) return 'general';
  if (negation !== '' || !held(question, place)) return;
  const notes =
    trigger === '' ? [] : ['one of several alternative conditions is gone; the others decide now'];
  return { remove: true, because: ['the condition says that Torcx ran'], notes };
}

/** What Torcx made: its own files, the directories of images, and links to programs of this or another image. */
type TorcxPlace =
  | 'file'
  | 'run-directory'
  | 'unpacked'
  | 'bin-directory'
  | 'program'
  | 'foreign-program';

function torcxPlace(text: string, scope: UnitScope): TorcxPlace | undefined {
  const meaning = onlyMeaning(text);
  switch (meaning?.kind) {
    case 'seal':
    case 'profile':
      return 'file';
    case 'run-dir':
      return 'run-directory';
    case 'unpack':
      return isRoot(meaning, scope) ? 'unpacked' : undefined;
    case 'bin':
      if (meaning.name === undefined) return 'bin-directory';
      return scope.mapBin(meaning.name) === undefined ? 'foreign-program' : 'program';
    default:
      return undefined;
  }
}

/** Whether it is the directory of all images or of this one. */
function isRoot(
  { image, path }: Extract<TorcxMeaning, { readonly kind: 'unpack' }>,
  { imageName, mapsAllImages }: UnitScope,
): boolean {
  if (path !== undefined) return false;
  return image === undefined || image === imageName || mapsAllImages === true;
}

function hasSuccessor(place: TorcxPlace): boolean {
  return place === 'bin-directory' || place === 'program' || place === 'foreign-program';
}

/** A program is no link where it is now, and its directory is read-only. */
function isAnotherAnswer(question: string, place: TorcxPlace): boolean {
  if (question === 'PathIsReadWrite') return place === 'bin-directory';
  return question === 'PathIsSymbolicLink' && place !== 'bin-directory';
}

/** What was so under Torcx; systemd.unit(5) has the questions. Images were mounted, or unpacked, and then read-only. */
function held(question: string, place: TorcxPlace): boolean {
  switch (question) {
    case 'PathIsDirectory':
    case 'DirectoryNotEmpty':
      return place === 'run-directory' || place === 'unpacked';
    case 'PathIsMountPoint':
      return place === 'unpacked';
    case 'PathIsReadWrite':
      return place === 'file' || place === 'run-directory' || place === 'bin-directory';
    case 'FileNotEmpty':
      return place === 'file';
    case 'FileIsExecutable':
    case 'PathIsEncrypted':
      return false;
    case 'PathIsSymbolicLink':
      return place === 'program';
    default:
      return true;
  }
}
