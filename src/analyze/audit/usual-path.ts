/**
 * Where a conversion puts what images usually have, as long as nobody has looked into the image. Undefined for what may
 * end up anywhere, such as libraries.
 */
export function usualPath(path: string): string | undefined {
  if (/^(?:usr|opt)\/./.test(path)) return `/${path}`;
  return /^(?:bin|sbin|share|lib\/(?:systemd|udev))\/./.test(path) || /^s?bin$/.test(path)
    ? `/usr/${path}`
    : undefined;
}
