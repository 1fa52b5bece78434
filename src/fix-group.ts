import type { Finding, FindingFix, FixEdit } from './finding.ts';

/** Findings of one file whose edits belong together: all of them are made, or none. */
export interface FixGroup {
  /** The same for the same findings, also when lines above them come or go. */
  readonly key: string;
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Each once, from the top. */
  readonly edits: readonly FixEdit[];
  /** The file as a whole goes. */
  readonly removesFile: boolean;
  /** Of the finding that needs most care. */
  readonly safety: FindingFix['safety'];
}

/** The fixes that a program can make, in the order of the findings. */
export function fixGroups(findings: readonly Finding[]): FixGroup[] {
  const seen = new Map<string, number>();
  return joined(sharers(findings)).map(members => {
    const group = members.flatMap(sharer => sharer.findings).sort((a, b) => a.order - b.order);
    const own = group.map(({ found }) => found);
    const name = nameOf(own);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return {
      key: `${name}${count}`,
      path: own[0]?.path ?? '',
      findings: own,
      edits: distinct(members.flatMap(({ edits }) => edits)),
      removesFile: members.some(({ removesFile }) => removesFile),
      safety: own.map(({ fix }) => fix?.safety ?? 'manual').reduce(moreCareful),
    };
  });
}

/** Findings whose fixes are one and the same; of a large file there are thousands. */
interface Sharer {
  readonly edits: readonly FixEdit[];
  readonly removesFile: boolean;
  /** Where and what the fix changes. Those that have one of these in common belong together. */
  readonly places: readonly string[];
  readonly findings: { readonly found: Finding; readonly order: number }[];
}

function sharers(findings: readonly Finding[]): Sharer[] {
  const byFile = new Map<string, Map<unknown, Sharer>>();
  for (const [order, found] of findings.entries()) {
    const { path = '', fix } = found;
    const removesFile = fix?.removesFile === true;
    const edits = fix?.edits ?? [];
    if (!removesFile && edits.length === 0) continue;
    const file = byFile.get(path) ?? new Map<unknown, Sharer>();
    byFile.set(path, file);
    const key = removesFile ? path : edits;
    const sharer = file.get(key);
    if (sharer) {
      sharer.findings.push({ found, order });
      continue;
    }
    const places = removesFile ? [path] : edits.map(edit => `${path}\n${identity(edit)}`);
    file.set(key, { edits, removesFile, places, findings: [{ found, order }] });
  }
  return [...byFile.values()].flatMap(file => [...file.values()]);
}

function joined(all: readonly Sharer[]): Sharer[][] {
  const groupAt = new Map<string, Sharer[]>();
  for (const sharer of all) {
    const known = new Set(sharer.places.flatMap(place => groupAt.get(place) ?? []));
    const group = [...known, sharer];
    for (const place of group.flatMap(({ places }) => places)) groupAt.set(place, group);
  }
  const first = (group: readonly Sharer[]) =>
    group.reduce((least, { findings }) => Math.min(least, findings[0]?.order ?? 0), Infinity);
  return [...new Set(groupAt.values())].sort((a, b) => first(a) - first(b));
}

function identity({ startLine, endLine, text }: FixEdit): string {
  return `${startLine} ${endLine} ${text}`;
}

function distinct(edits: readonly FixEdit[]): FixEdit[] {
  const byIdentity = new Map(edits.map(edit => [identity(edit), edit]));
  return [...byIdentity.values()].sort((a, b) => a.startLine - b.startLine);
}

function nameOf(group: readonly Finding[]): string {
  const members = group.map(({ ruleId, snippet = '' }) => `${ruleId} ${snippet}\n`);
  return `${group[0]?.path}\n${members.join('')}`;
}

const CARE: Readonly<Record<FindingFix['safety'], number>> = { safe: 0, unsafe: 1, manual: 2 };

function moreCareful(a: FindingFix['safety'], b: FindingFix['safety']): FindingFix['safety'] {
  return CARE[a] > CARE[b] ? a : b;
}
