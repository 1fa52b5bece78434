import { inMergedRoot } from './merged-root.ts';

/**
 * What systemd's own `systemd-analyze verify` says about units of a merged root: nothing, if they are right. It runs
 * within the root, so programs and dependencies are looked for there; manual pages, which the root has none of, are not.
 */
export async function verifyUnits(options: {
  readonly root: string;
  readonly images: readonly string[];
  readonly units: readonly string[];
}): Promise<string> {
  const { status, stdout, stderr } = await inMergedRoot({
    root: options.root,
    images: options.images,
    script: 'xargs -d "\\n" chroot "$ROOT" systemd-analyze verify --man=no <<< "$UNITS" 2>&1',
    variables: { UNITS: options.units.join('\n') },
  });
  const output = `${stdout}${stderr}`;
  return status === 0 ? output : `${output}systemd-analyze verify: exit ${status}\n`;
}
