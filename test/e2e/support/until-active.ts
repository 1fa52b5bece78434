/** Bash for a booted root that waits for units: booting is over before the last upheld unit has started. */
export function untilActive(...units: readonly string[]): string {
  return `for unit in ${units.join(' ')}; do
    for _ in $(seq 100); do inside systemctl is-active --quiet "$unit" && break; sleep 0.1; done
  done`;
}
