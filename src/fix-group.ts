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
  const groupAt = new Map<string, Finding[]>();
  for (const found of findings) {
    const known = placesOf(found).flatMap(place => groupAt.get(place) ?? []);
    const group = [...new Set([...known, found])];
    for (const place of group.flatMap(placesOf)) groupAt.set(place, group);
  }
  const order = new Map(findings.map((found, index) => [found, index]));
  const seen = new Map<string, number>();
  return [...new Set(groupAt.values())].map(members => {
    const group = members.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    const name = nameOf(group);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return {
      key: `${name}${count}`,
      path: group[0]?.path ?? '',
      findings: group,
      edits: distinct(group.flatMap(editsOf)),
      removesFile: group.some(removesFile),
      safety: group.map(({ fix }) => fix?.safety ?? 'manual').reduce(moreCareful),
    };
  });
}

function editsOf({ fix }: Finding): readonly FixEdit[] {
  return fix?.edits ?? [];
}

function removesFile({ fix }: Finding): boolean {
  return fix?.removesFile === true;
}

/** Where and what a finding's fix changes. Findings that have one of these in common share all of them. */
function placesOf(found: Finding): string[] {
  if (removesFile(found)) return [`${found.path}`];
  return editsOf(found).map(edit => `${found.path}\n${identity(edit)}`);
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
