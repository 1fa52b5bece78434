/** The first release of Flatcar without Torcx. */
export const WITHOUT_TORCX = '3794.0.0';

/** The first one that merges extensions. */
export const WITH_SYSEXT = '3185.0.0';

/** Whether one release of Flatcar, `3510.2.8`, is older than another. Missing parts count as 0. */
export function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map(text =>
    text.split('.').map(part => Number.parseInt(part, 10) || 0),
  );
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
