import type { InspectReport } from '../convert/inspect-report.ts';
import type { ImageReport } from '../convert/report.ts';
import { safeJson } from './safe-text.ts';

/**
 * The report as schema/report-1.0.schema.json describes it. A name that is not valid UTF-8 has its bytes as lone
 * surrogates \udc80…\udcff, as in Python's surrogateescape.
 */
export function jsonReport(report: ImageReport | InspectReport): string {
  return `${safeJson(JSON.stringify(report, null, 2))}\n`;
}
