/** A mode as chmod(1) takes it: `0755`. */
export function octalMode(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
