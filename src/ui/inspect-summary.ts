import type { ElfRole } from '../analyze/elf-role.ts';
import type { InspectReport } from '../convert/inspect-report.ts';
import { countText } from './count-text.ts';
import { hostWords } from './host-words.ts';
import { sizeText } from './size-text.ts';

/** The answer in one sentence. */
export function verdictText({ verdict, summary }: InspectReport): string {
  switch (verdict.status) {
    case 'clean':
      return 'converts cleanly';
    case 'warnings': {
      const { error, warning } = summary;
      const errors = error > 0 ? [countText(error, 'error')] : [];
      const warnings = warning > 0 ? [countText(warning, 'warning')] : [];
      return `converts with ${[...errors, ...warnings].join(' and ')}`;
    }
    case 'refused':
      return `cannot be converted: ${verdict.reason}`;
  }
}

/** The image in numbers: labels and values. */
export function inspectSummary(report: InspectReport): (readonly [label: string, value: string])[] {
  const { input, extension, manifest, elf, units, summary } = report;
  const { format, size, uncompressedSize, name, reference } = input;
  const started = new Set(report.enabled.map(({ unit }) => unit)).size;
  return [
    ['archive', `${format}, ${sizeText(size)}; ${sizeText(uncompressedSize)} without compression`],
    ...input.notes.map(note => ['', note] as const),
    ['image', `${name}, reference ${reference}`],
    [
      'extension',
      extension ? `${extension.name}.raw for ${hostWords({ output: extension })}` : 'none',
    ],
    ['entries', entriesText(report)],
    ['files', filesText(report)],
    ['manifest', manifest ? manifestText(manifest) : 'none: Torcx activated nothing of this image'],
    ['binaries', binariesText(elf)],
    [
      'units',
      `${countText(units.length, 'file')}, ${units.filter(unit => unit.edits > 0).length} of them changed; ${started} started at boot`,
    ],
    [
      'findings',
      `${countText(summary.error, 'error')}, ${countText(summary.warning, 'warning')}, ${summary.info} info`,
    ],
  ];
}

function binariesText(elf: InspectReport['elf']): string {
  const programs = elf.filter(({ role }) => role === 'program');
  const dynamic = programs.filter(row => row.dynamic).length;
  const count = (role: ElfRole) => elf.filter(row => row.role === role).length;
  return [
    `${countText(programs.length, 'program')} (${dynamic} dynamic, ${programs.length - dynamic} static)`,
    countText(count('library'), 'library', 'libraries'),
    countText(count('object'), 'object file'),
  ].join(', ');
}

function entriesText({ entries, contents }: InspectReport): string {
  const { files, directories, symlinks, hardlinks, specialFiles } = contents;
  const kinds = [
    countText(files, 'file'),
    countText(directories, 'directory', 'directories'),
    countText(symlinks, 'link'),
    ...(hardlinks > 0 ? [countText(hardlinks, 'hard link')] : []),
    ...(specialFiles > 0 ? [countText(specialFiles, 'special file')] : []),
  ];
  return `${entries.length}: ${kinds.join(', ')}`;
}

function filesText({ contents: { fileBytes, copies, copiedBytes } }: InspectReport): string {
  if (copies === 0) return `${sizeText(fileBytes)}, no copies`;
  return `${sizeText(fileBytes)}; ${countText(copies, 'copy', 'copies')} of others waste ${sizeText(copiedBytes)}`;
}

function manifestText({
  listed,
  outclaimed,
  unlisted,
}: NonNullable<InspectReport['manifest']>): string {
  const missing = listed.filter(({ present }) => !present).length;
  return `${countText(listed.length, 'asset')} listed, ${missing} missing, ${outclaimed.length} outclaimed, ${unlisted.length} present but not listed`;
}
