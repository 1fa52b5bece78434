import { inNamespace } from './in-namespace.ts';
import type { CommandResult } from './run-command.ts';

export interface MergedRootOptions {
  /** A root file system of the test's own, which the script may write to. */
  readonly root: string;
  /** Paths of NAME.raw files. */
  readonly images: readonly string[];
  /** Bash, run while the images are merged; `$ROOT` is the root. */
  readonly script: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeLimit?: number;
}

/**
 * Merges sysext images into a root file system with the real systemd-sysext and runs a script there. The exit code of
 * systemd-sysext proves nothing (it is 0 for an image that it ignored), so each image's own extension-release file is
 * looked for in the merged tree: without it the script does not run and the status is not 0.
 */
export function inMergedRoot(options: MergedRootOptions): Promise<CommandResult> {
  return inNamespace({
    script: `${MERGE}\n${options.script}`,
    variables: { ...options.variables, ROOT: options.root, IMAGES: options.images.join('\n') },
    ...(options.timeLimit !== undefined && { timeLimit: options.timeLimit }),
  });
}

// systemd-sysext merges in a child namespace and hands the result back by mount propagation: the root must be a mount
// point of a shared tree. /run is its scratch space, and a fresh one keeps the host's own extensions out. The images lie
// on a file system that ends with the namespace, so that the root is not changed and can be used again.
const MERGE = `
mount --bind "$ROOT" "$ROOT"
mount --make-rshared /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd "$ROOT/etc/extensions"
mount -t tmpfs tmpfs "$ROOT/etc/extensions"
while IFS= read -r image; do
  [ -z "$image" ] || cp "$image" "$ROOT/etc/extensions/"
done <<< "$IMAGES"
SYSTEMD_LOG_LEVEL=debug systemd-sysext --root="$ROOT" merge > /run/merge.log 2>&1 || { cat /run/merge.log >&2; exit 90; }
while IFS= read -r image; do
  [ -n "$image" ] || continue
  name=$(basename "$image" .raw)
  [ -f "$ROOT/usr/lib/extension-release.d/extension-release.$name" ] || {
    echo "systemd-sysext did not merge $name" >&2
    cat /run/merge.log >&2
    exit 91
  }
done <<< "$IMAGES"
`;
