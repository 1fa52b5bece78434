import type { InspectedUnit, ManifestReport } from '../convert/inspect-report.ts';
import { countText } from './count-text.ts';
import { hangingLines } from './hanging-lines.ts';

/** One unit file: what it needs, what starts it, how much of it changes. */
export function unitLines(unit: InspectedUnit): string[] {
  const { path, type, needs } = unit;
  return [
    ...hangingLines('  ', `${path} (${type})`),
    ...needs.flatMap(({ key, units }) => labelled(key, units.join(' '))),
    ...labelled('started by', startWords(unit)),
    ...(unit.edits === 0 ? [] : labelled('changes', countText(unit.edits, 'setting'))),
  ];
}

/** What starts a unit; a drop-in, a network file and the like are started by nothing. */
export function startWords({ startedBy, pulledInBy, wantedBy, type }: InspectedUnit): string {
  const starters = [
    ...startedBy.map(({ unit, upheldBy }) =>
      unit.includes('@') ? `${upheldBy} (as ${unit})` : upheldBy,
    ),
    ...pulledInBy,
  ];
  if (starters.length > 0) return [...new Set(starters)].join(' ');
  if (wantedBy.length > 0) return `nothing; --enable would have ${wantedBy.join(' ')} start it`;
  return NEVER_STARTED.has(type) ? '' : 'nothing in the image';
}

const NEVER_STARTED: ReadonlySet<string> = new Set(['drop-in', 'network', 'netdev', 'link']);

/** The manifest held against the tree. */
export function manifestLines(manifest: ManifestReport): string[] {
  const missing = manifest.listed.filter(({ present }) => !present);
  return [
    ...hangingLines(
      '  ',
      `lists ${countText(manifest.listed.length, 'asset')}, ${missing.length} of them missing`,
    ),
    ...missing.flatMap(({ kind, path }) => hangingLines('    missing    ', `${path} (${kind})`)),
    ...manifest.outclaimed.flatMap(({ from, by, kind }) =>
      hangingLines('    passed     ', `${from} (${kind}): ${by} has its name`),
    ),
    ...manifest.unlisted.flatMap(({ kind, path }) =>
      hangingLines('    unlisted   ', `${path} (${kind}): Torcx did not see it`),
    ),
  ];
}

function labelled(label: string, text: string): string[] {
  return text === '' ? [] : hangingLines(`    ${label.padEnd(10)} `, text);
}
