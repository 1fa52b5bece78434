import type { InspectedElf, ScriptRow } from '../convert/inspect-report.ts';
import type { Origin, SearchPath, SearchPlace } from '../convert/library-origin.ts';
import { hangingLines } from './hanging-lines.ts';

/** What is known about something, each with a word before it; the word is empty where the one above goes on. */
export type Fact = readonly [label: string, text: string];

/** What one program, library or kernel module is and needs. */
export function elfLines(elf: InspectedElf): string[] {
  return [
    ...hangingLines('  ', elf.path),
    ...elfFacts(elf).flatMap(([label, text]) => hangingLines(`    ${label.padEnd(9)} `, text)),
  ];
}

export function elfFacts(elf: InspectedElf): Fact[] {
  const { architecture, buildId, soname, libraries, searchPaths, vermagic } = elf;
  return [
    ['type', `${architecture}, ${linkageWords(elf)}`],
    ...(elf.interpreter === null || elf.interpreterOrigin === null
      ? []
      : [['loader', `${elf.interpreter} (${originWords(elf.interpreterOrigin)})`] as const]),
    ...libraries.map(
      (library, index) =>
        [index === 0 ? 'needs' : '', `${library.name} (${originWords(library)})`] as const,
    ),
    ...searchPaths.map(searchPathFact),
    ...(rightsWords(elf) === '' ? [] : [['rights', rightsWords(elf)] as const]),
    ...(soname === null ? [] : [['soname', soname] as const]),
    ...(vermagic === null ? [] : [['kernel', vermagic] as const]),
    ...(buildId === null ? [] : [['build id', buildId] as const]),
  ];
}

/** One script and what reads it. */
export function scriptLines(script: ScriptRow): string[] {
  return [...hangingLines('  ', script.path), ...hangingLines('    ', scriptWords(script))];
}

/** `#!/usr/bin/env bash (bash: the host)` */
export function scriptWords({ interpreter, argument, program, programOrigin }: ScriptRow): string {
  const line = `#!${interpreter}${argument === null ? '' : ` ${argument}`}`;
  const reader = program === interpreter ? '' : `${program}: `;
  return `${line} (${reader}${originWords(programOrigin)})`;
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

/** Who provides a library or an interpreter. */
export function originWords({ by, path }: Origin): string {
  if (by === 'image') return path === null ? 'the image' : `the image: ${path}`;
  return by === 'host' ? 'the host' : 'nobody known';
}

/** What a search path finds at one time, before or after the conversion. */
export function placeWords({ found, path }: SearchPlace): string {
  if (found === 'image') return path ?? 'the image';
  return found === 'host' ? "the host's" : 'nowhere';
}

function searchPathFact({ kind, entry, before, after }: SearchPath): Fact {
  return [
    kind.toUpperCase(),
    `${entry} (before: ${placeWords(before)}, now: ${placeWords(after)})`,
  ];
}
