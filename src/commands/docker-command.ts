import { posix } from 'node:path';
import type { BuiltImage } from '../builder/build-image.ts';
import type { DockerOptions } from '../command-line/docker-options.ts';
import { repeatDocker } from '../command-line/repeat-docker.ts';
import { buildReport } from '../convert/build-report.ts';
import type { DockerInput, DockerReport } from '../convert/report.ts';
import { PARTS } from '../docker/release-programs.ts';
import type { InputFile } from '../host/open-input.ts';
import { openSpool } from '../host/spool.ts';
import { type PlannedRelease, planRelease } from '../pipeline.ts';
import { VERSION } from '../version.ts';
import type { CommandIo } from './command-io.ts';
import { imageCommand } from './image-command.ts';
import { openRelease } from './open-release.ts';
import { outputFacts } from './output-facts.ts';
import { type OutputPaths, outputPaths } from './output-paths.ts';

/**
 * Makes an image of Docker's static release, as {@link imageCommand} makes images.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export function dockerCommand(options: DockerOptions, io: CommandIo): Promise<number> {
  return imageCommand(options, io, async preparation => {
    const { onEvent, atEnd } = preparation;
    const archive = await openRelease(options, io, preparation);
    const spool = await openSpool(io.temporaryDirectory);
    atEnd(() => spool.close());
    const planned = await planRelease({ archive, spool, options, onEvent });
    const paths = await outputPaths(options, planned.plan.extension.architecture);
    return {
      options,
      paths,
      planned,
      assertUnchanged: () => archive.assertUnchanged(),
      report: built => dockerReport({ options, paths, planned, archive }, built),
    };
  });
}

interface DockerJob {
  readonly options: DockerOptions;
  readonly paths: OutputPaths;
  readonly planned: PlannedRelease;
  /** Read to its end. */
  readonly archive: InputFile;
}

/** @param built absent as long as there is no image */
function dockerReport(job: DockerJob, built: BuiltImage | undefined): DockerReport {
  const { options, paths, planned } = job;
  const input = inputFacts(job);
  return buildReport(
    { mode: 'docker', input },
    {
      plan: planned.plan,
      findings: planned.findings,
      output: outputFacts(options, paths, built),
      command: repeatDocker({ ...options, output: paths.image, sha256: input.sha256 }),
      version: VERSION,
      exitCode: 0,
    },
  );
}

function inputFacts({ options, planned, archive }: DockerJob): DockerInput {
  const { release, only } = options;
  const { size, sha256 } = archive.digest();
  return {
    path: posix.basename(archive.path),
    ...('url' in release && { url: release.url, version: release.version }),
    parts: only === undefined ? PARTS : [only],
    format: planned.format,
    size,
    sha256,
    entries: planned.entryCount,
  };
}
