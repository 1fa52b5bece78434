import type { Finding } from '../../finding.ts';

/** What an audit of configuration trees found, before anything is shown. */
export interface AuditResult {
  /** As given by the user. */
  readonly roots: readonly string[];
  /** First release that the tree is judged for, `3794.0.0`. */
  readonly targetVersion: string;
  /** Regular files that were read. */
  readonly files: number;
  /** Sorted paths of what could not be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Files of a known format that could not be parsed; the others were judged all the same. */
  readonly unparsed: readonly { readonly path: string; readonly reason: string }[];
  /** Passed over and counted, never silently: sockets, FIFOs, devices, binary and over-large files. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Sorted; without the suppressed ones. */
  readonly findings: readonly Finding[];
  /** Findings that an ignore comment covers, with its reason. */
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
}
