/**
 * Bash that boots `$ROOT` with systemd as PID 1, in namespaces of its own, and defines `inside COMMAND…`, which runs a
 * command in the booted system. It goes on when systemd says that booting is over (running or degraded); standard error
 * has the console if the boot failed.
 */
export const BOOT = `
# Loop devices, with which a running system merges images itself.
devices=(--bind=/dev/loop-control)
for number in 0 1 2 3 4 5 6 7; do
  [ -b "/run/loop$number" ] || mknod "/run/loop$number" b 7 "$number"
  devices+=("--bind=/run/loop$number:/dev/loop$number")
done
# The two quoted options let dockerd start, which needs the kernel's keyring and BPF.
SYSTEMD_NSPAWN_API_VFS_WRITABLE=yes systemd-nspawn --quiet --private-network --register=no --keep-unit \
  -D "$ROOT" -b --capability=all --system-call-filter='@keyring bpf' "\${devices[@]}" > /run/console.log 2>&1 < /dev/null &
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

/** Ends what {@link BOOT} started. */
export const POWER_OFF = `
# The connection may go before the answer comes.
inside systemctl poweroff > /dev/null 2>&1 || true
for _ in $(seq 100); do kill -0 "$nspawn" 2> /dev/null || break; sleep 0.1; done
`;
