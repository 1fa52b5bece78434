import type { Finding } from '../finding.ts';

/** Line and column, or a dash for a finding about the file as a whole. */
export function findingPlace({ line, column }: Pick<Finding, 'line' | 'column'>): string {
  return line === undefined ? '-' : `${line}:${column ?? 1}`;
}

/** Where it is in the file that is encoded there. */
export function embeddedPlace({ path, line }: NonNullable<Finding['embedded']>): string {
  return path === ''
    ? `in line ${line} of the text embedded here`
    : `in ${path}:${line}, which is embedded here`;
}
