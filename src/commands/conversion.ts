import { basename } from 'node:path';
import type { BuiltImage } from '../builder/build-image.ts';
import type { PackAhead } from '../builder/squashfs/pack-ahead.ts';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import { repeatConvert } from '../command-line/repeat-convert.ts';
import { buildReport } from '../convert/build-report.ts';
import type { ConvertReport } from '../convert/report.ts';
import type { InputFile } from '../host/open-input.ts';
import type { PlannedConversion } from '../pipeline.ts';
import { VERSION } from '../version.ts';
import { outputFacts } from './output-facts.ts';
import type { OutputPaths } from './output-paths.ts';
import { type ImageJob, type Watcher, type WrittenFiles, writeOutputs } from './write-outputs.ts';

/** A conversion that is decided and not made yet. */
export interface Conversion {
  readonly options: ConvertOptions;
  readonly paths: OutputPaths;
  readonly planned: PlannedConversion;
  /** Open, and read to its end. */
  readonly archive: InputFile;
  readonly ahead?: PackAhead | undefined;
}

/** @throws ToolError as {@link writeOutputs} does */
export function writeConversion(conversion: Conversion, watcher: Watcher): Promise<WrittenFiles> {
  return writeOutputs(conversionJob(conversion), watcher);
}

/** The job of writing the image of a conversion that is planned. */
export function conversionJob(conversion: Conversion): ImageJob {
  return {
    ...conversion,
    assertUnchanged: () => conversion.archive.assertUnchanged(),
    report: built => conversionReport(conversion, built),
  };
}

/** @param built absent as long as there is no image */
export function conversionReport(conversion: Conversion, built?: BuiltImage): ConvertReport {
  const { options, paths, planned, archive } = conversion;
  const input = {
    path: basename(options.archive),
    ...options.torcx,
    name: planned.plan.imageName,
    format: planned.format,
    ...archive.digest(),
    entries: planned.entryCount,
    hasManifest: planned.hasManifest,
  };
  const parts = {
    plan: planned.plan,
    findings: planned.findings,
    output: outputFacts(options, paths, built),
    command: repeatConvert({ ...options, output: paths.image }),
    version: VERSION,
    exitCode: 0,
  };
  return buildReport({ mode: 'convert', input }, parts);
}
