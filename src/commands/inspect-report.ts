import { basename } from 'node:path';
import type { InspectOptions } from '../command-line/inspect-options.ts';
import { buildInspectReport } from '../convert/build-inspect-report.ts';
import type { InspectReport, Verdict } from '../convert/inspect-report.ts';
import type { Refusal } from '../convert/plan-or-refusal.ts';
import { isToolError } from '../errors.ts';
import type { InputFile } from '../host/open-input.ts';
import type { InspectedArchive } from '../pipeline.ts';
import { errorMessage } from '../ui/error-text.ts';
import { VERSION } from '../version.ts';

/** @param archive read to its end */
export function inspectReport(
  { contents, inspection, plan, duplicates, refusal }: InspectedArchive,
  options: Pick<InspectOptions, 'archive' | 'torcx' | 'strict'>,
  archive: InputFile,
): InspectReport {
  return buildInspectReport({
    contents,
    inspection,
    plan,
    duplicates,
    input: {
      path: basename(options.archive),
      ...options.torcx,
      name: plan.imageName,
      format: contents.format,
      ...archive.digest(),
      entries: contents.entries.length,
      hasManifest: inspection.manifest !== undefined,
      uncompressedSize: contents.uncompressedSize,
      notes: contents.notes,
    },
    ...(refusal && { refusal: refusedVerdict(refusal) }),
    strict: options.strict,
    version: VERSION,
  });
}

function refusedVerdict(refusal: Refusal): Extract<Verdict, { status: 'refused' }> {
  const { what, hint } = errorMessage(refusal);
  return {
    status: 'refused',
    code: refusal.code,
    reason: refusalReason(refusal) ?? what,
    ...(hint !== undefined && { try: hint }),
  };
}

/** The reason alone, where the message of a conversion says more than that. */
function refusalReason(refusal: Refusal): string | undefined {
  if (isToolError(refusal, 'not-convertible')) return refusal.facts.reason;
  if (!isToolError(refusal, 'unsafe-entry')) return undefined;
  return `'${refusal.facts.entry}' ${refusal.facts.reason}`;
}
