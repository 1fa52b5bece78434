import { inMergedRoot, type MergedRootOptions } from './merged-root.ts';
import type { CommandResult } from './run-command.ts';

/**
 * Boots a merged root with systemd as PID 1 and runs a bash script against it, in which `inside COMMAND…` runs a
 * command in the booted system. The script starts when systemd says that booting is over (running or degraded). Gives
 * the script's result; standard error has the console if the boot failed.
 */
export function inBootedRoot(options: MergedRootOptions): Promise<CommandResult> {
  return inMergedRoot({
    timeLimit: 180_000,
    ...options,
    script: `${BOOT}\n${options.script}\n${POWER_OFF}`,
  });
}

// The two quoted options let dockerd start, which needs the kernel's keyring and BPF.
const BOOT = `
SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes systemd-nspawn --quiet --private-network --register=no --keep-unit \
  -D "$ROOT" -b --capability=all --system-call-filter='@keyring bpf' > /run/console.log 2>&1 < /dev/null &
nspawn=$!

# A process of the container's own process namespace has two numbers here, and its first process is 1 there.
container_init() {
  awk '/^NSpid:/ && NF == 3 && $3 == 1 { print $2 }' /proc/[0-9]*/status 2> /dev/null | head -n 1
}

# The root directory by name, because it is not that of the mount namespace where the tests run in a chroot.
inside() { nsenter --target "$init" --all --root --wd -- "$@"; }

state=
for _ in $(seq 300); do
  kill -0 "$nspawn" 2> /dev/null || break
  init=$(container_init || true)
  if [ -n "$init" ]; then
    # Fails for as long as systemd does not answer yet, and for "degraded" too.
    state=$(inside systemctl is-system-running 2> /dev/null || true)
    case "$state" in running | degraded) break ;; esac
  fi
  sleep 0.2
done
case "$state" in
  running | degraded) ;;
  *) echo "the root did not boot: $state" >&2; cat /run/console.log >&2; exit 92 ;;
esac
`;

const POWER_OFF = `
# The connection may go before the answer comes.
inside systemctl poweroff > /dev/null 2>&1 || true
for _ in $(seq 100); do kill -0 "$nspawn" 2> /dev/null || break; sleep 0.1; done
`;
