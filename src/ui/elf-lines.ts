import type { InspectedElf, ScriptRow } from '../convert/inspect-report.ts';
import type { Origin, SearchPath, SearchPlace } from '../convert/library-origin.ts';
import { hangingLines } from './hanging-lines.ts';

/** What one program, library or kernel module is and needs. */
export function elfLines(elf: InspectedElf): string[] {
  const { path, architecture, buildId, soname, libraries, searchPaths, vermagic } = elf;
  return [
    ...hangingLines('  ', path),
    ...labelled('type', `${architecture}, ${linkageWords(elf)}`),
    ...(elf.interpreter === null || elf.interpreterOrigin === null
      ? []
      : labelled('loader', `${elf.interpreter} (${originWords(elf.interpreterOrigin)})`)),
    ...libraries.flatMap((library, index) =>
      labelled(index === 0 ? 'needs' : '', `${library.name} (${originWords(library)})`),
    ),
    ...searchPaths.flatMap(searchPath => searchPathLines(searchPath)),
    ...(rightsWords(elf) === '' ? [] : labelled('rights', rightsWords(elf))),
    ...(soname === null ? [] : labelled('soname', soname)),
    ...(vermagic === null ? [] : labelled('kernel', vermagic)),
    ...(buildId === null ? [] : labelled('build id', buildId)),
  ];
}

/** One script and what reads it. */
export function scriptLines(script: ScriptRow): string[] {
  const { path, interpreter, argument, program, programOrigin } = script;
  const line = `#!${interpreter}${argument === null ? '' : ` ${argument}`}`;
  const reader = program === interpreter ? '' : `${program}: `;
  return [
    ...hangingLines('  ', path),
    ...hangingLines('    ', `${line} (${reader}${originWords(programOrigin)})`),
  ];
}

/** `dynamic program`, `static program (PIE)`, `library`, `object file`. */
export function linkageWords({ role, type, dynamic }: LinkedElf): string {
  if (role === 'object') return 'object file';
  if (role === 'library') return 'library';
  return `${dynamic ? 'dynamic' : 'static'} program${type === 'shared-object' ? ' (PIE)' : ''}`;
}

type LinkedElf = Pick<InspectedElf, 'role' | 'type' | 'dynamic'>;

/** Why a program runs with more rights than its caller; empty when it does not. */
export function rightsWords({ setuid, setgid, capabilities }: InspectedElf): string {
  return [
    ...(setuid === null ? [] : [`setuid as user ${setuid}`]),
    ...(setgid === null ? [] : [`setgid as group ${setgid}`]),
    ...(capabilities === null ? [] : [capabilities]),
  ].join(', ');
}

export function originWords({ by, path }: Origin): string {
  if (by === 'image') return path === null ? 'the image' : `the image: ${path}`;
  return by === 'host' ? 'the host' : 'nobody known';
}

export function placeWords({ found, path }: SearchPlace): string {
  if (found === 'image') return path ?? 'the image';
  return found === 'host' ? "the host's" : 'nowhere';
}

function searchPathLines({ kind, entry, before, after }: SearchPath): string[] {
  return labelled(
    kind.toUpperCase(),
    `${entry} (before: ${placeWords(before)}, now: ${placeWords(after)})`,
  );
}

function labelled(label: string, text: string): string[] {
  return hangingLines(`    ${label.padEnd(9)} `, text);
}
