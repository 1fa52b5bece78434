/** An option of container engines whose value is a mount. */
export const MOUNT_OPTION = /^(?:-v|--volume|--mount|--bind(?:-ro)?)$/;

/** Whether the word at `at` of a command names a file for a container engine to mount, alone or behind its option. */
export function isMountOption(words: readonly { readonly text: string }[], at: number): boolean {
  const own = words[at]?.text ?? '';
  const before = words[at - 1]?.text ?? '';
  return /^(?:-v|--volume|--mount|--bind(?:-ro)?)(?:=|$|\/)/.test(own) || MOUNT_OPTION.test(before);
}
