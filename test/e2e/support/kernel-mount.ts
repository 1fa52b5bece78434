import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/**
 * Mounts an image in a mount namespace of its own, and runs a program there with the mount point as its last argument.
 * @returns what the program printed
 * @throws an Error when the mount or the program fails, or when the kernel logged an error about the image: it mounts
 *   some broken images and only says so there
 */
export function withKernelMount(image: string, command: readonly string[], input = ''): Buffer {
  const mountPoint = mkdtempSync(join(tmpdir(), 'kernel-mount-'));
  const before = kernelLog().length;
  const script = `
    mount --make-rprivate / && mount -t squashfs -o loop,ro "$1" "$2" || exit 90
    "\${@:3}" "$2"; status=$?
    umount "$2" || exit 91
    exit $status`;
  const { status, stdout, stderr } = run(
    'unshare',
    ['-m', 'bash', '-c', script, 'bash', image, mountPoint, ...command],
    input,
  );
  rmdirSync(mountPoint);
  const complaints = kernelLog()
    .slice(before)
    .filter(line => /squashfs/i.test(line));
  if (status === 0 && complaints.length === 0) return stdout;
  throw new Error(`kernel, ${image}: exit ${status}\n${stderr}\n${complaints.join('\n')}`);
}

/** Another test must not lose its messages: the log is not cleared, only its end is looked at. */
function kernelLog(): string[] {
  return run('dmesg', []).stdout.toString().split('\n');
}
