import type { InspectedElf, ScriptRow } from '../../../convert/inspect-report.ts';
import { type Analysis, rulesOf } from '../analysis.ts';
import type { TableRow } from '../table/table-state.ts';

/** A program, a library, a kernel module, or a script. */
export interface BinaryRow extends TableRow {
  readonly path: string;
  readonly what: { readonly elf: InspectedElf } | { readonly script: ScriptRow };
}

/** In the order in which a key goes through them. */
export const BINARY_FILTERS = ['all', 'dynamic', 'static', 'scripts', 'findings'] as const;
export type BinaryFilter = (typeof BINARY_FILTERS)[number];

/** What the loader starts, then what an interpreter reads. */
export function binaryRows(analysis: Analysis, filter: BinaryFilter): readonly BinaryRow[] {
  const { elf, scripts } = analysis.report;
  const rows: readonly BinaryRow[] = [
    ...elf.map(row => ({ path: row.path, rules: rulesOf(analysis, row.path), what: { elf: row } })),
    ...scripts.map(row => ({
      path: row.path,
      rules: rulesOf(analysis, row.path),
      what: { script: row },
    })),
  ];
  return rows.filter(row => passes(row, filter));
}

function passes({ what, rules }: BinaryRow, filter: BinaryFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'findings':
      return rules.length > 0;
    case 'scripts':
      return 'script' in what;
    default:
      return 'elf' in what && what.elf.dynamic === (filter === 'dynamic');
  }
}
