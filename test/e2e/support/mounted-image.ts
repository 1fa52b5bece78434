import { inNamespace } from './in-namespace.ts';
import type { CommandResult } from './run-command.ts';

export interface MountedImageOptions {
  readonly image: string;
  /** Bash, run in the root directory of the mounted image. */
  readonly script: string;
}

/**
 * Mounts an image with the kernel's own SquashFS, and runs a script in it. The kernel reads most defects of an image
 * without failing and only logs them, so a new line of its log makes the status 93.
 */
export function inMountedImage(options: MountedImageOptions): Promise<CommandResult> {
  return inNamespace({
    script: `${MOUNT}\n(cd /run/image\n${options.script}\n)\n${CHECK_LOG}`,
    variables: { IMAGE: options.image },
  });
}

/** For {@link MountedImageOptions.script}: `HASH  PATH` of every regular file, by path. */
export const HASH_FILES = `find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 -r sha256sum`;

/** For {@link MountedImageOptions.script}: kind, mode, owner, times and target of every entry, by path. */
export const LIST_ENTRIES = `find . -printf '%P\\t%y\\t%m\\t%U:%G\\t%T@\\t%l\\n' | LC_ALL=C sort`;

const MOUNT = `
mount -t tmpfs tmpfs /run
mkdir /run/image
complaints() { dmesg 2> /dev/null | grep -c 'SQUASHFS error' || true; }
before=$(complaints)
mount -t squashfs -o loop,ro "$IMAGE" /run/image
`;

const CHECK_LOG = `
if [ "$(complaints)" != "$before" ]; then
  dmesg | grep 'SQUASHFS error' | tail -n 5 >&2
  exit 93
fi
`;
