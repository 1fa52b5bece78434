import { basename, resolve } from 'node:path';
import { MERGED } from '../bake/tree-steps.ts';
import type { BuiltImage } from '../builder/build-image.ts';
import type { BakeOptions } from '../command-line/bake-options.ts';
import { repeatBake } from '../command-line/repeat-bake.ts';
import { buildReport } from '../convert/build-report.ts';
import type { BakeReport } from '../convert/report.ts';
import { openSourceTree } from '../host/source-tree.ts';
import { type PlannedTree, planSourceTree } from '../pipeline.ts';
import { VERSION } from '../version.ts';
import type { CommandIo } from './command-io.ts';
import { imageCommand } from './image-command.ts';
import { outputFacts } from './output-facts.ts';
import { type OutputPaths, outputPaths } from './output-paths.ts';

/**
 * Makes an image of a directory tree, as {@link imageCommand} makes images.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export function bakeCommand(options: BakeOptions, io: CommandIo): Promise<number> {
  return imageCommand(options, io, async ({ onEvent, atEnd }) => {
    onEvent({ kind: 'stage', stage: 'read' });
    const tree = await openSourceTree(options.directory, MERGED);
    atEnd(() => tree.close());
    const planned = await planSourceTree({ tree, options, onEvent });
    const paths = await outputPaths(options, planned.plan.extension.architecture);
    return {
      options,
      paths,
      planned,
      assertUnchanged: () => tree.assertUnchanged(),
      report: built => bakeReport({ options, paths, planned }, built),
    };
  });
}

interface BakeJob {
  readonly options: BakeOptions;
  readonly paths: OutputPaths;
  readonly planned: PlannedTree;
}

/** @param built absent as long as there is no image */
function bakeReport({ options, paths, planned }: BakeJob, built?: BuiltImage): BakeReport {
  const input = {
    path: basename(resolve(options.directory)),
    format: 'directory',
    entries: planned.entryCount,
    size: planned.size,
  } as const;
  return buildReport(
    { mode: 'bake', input },
    {
      plan: planned.plan,
      findings: planned.findings,
      output: outputFacts(options, paths, built),
      command: repeatBake({ ...options, output: paths.image }),
      version: VERSION,
      exitCode: 0,
    },
  );
}
