import type { TorcxReference } from '../analyze/torcx-reference.ts';

/** Directories of which the image had its own, and which the whole system shares now. */
const SHARED =
  /^\/(?:usr(?:\/local)?(?:\/(?:s?bin|lib(?:exec|32|64|x32)?|include|share|etc))?|usr\/lib\/(?:firmware|modules|systemd(?:\/(?:network|system))?|udev(?:\/rules\.d)?)|opt)$/;

/** Commands that act upon all that a directory holds. */
const WHOLE =
  /(?:^|[\s;&|({"'`])(?:chmod|chown|cp|du|find|grep|install|ls|mount|mv|rm|rsync|tar)\s[^;&|]{0,80}$/;

/**
 * The note about a directory of the image that has become one of the system's, where all that it holds is meant.
 * @param to what takes the place of the reference
 */
export function widenedDirectory(
  text: string,
  { meaning, start, end, tail }: TorcxReference,
  to: string,
): string | undefined {
  if (meaning.kind !== 'unpack' || !SHARED.test(to)) return undefined;
  const hasPattern = /^\/[^/$]*[*?[]/.test(tail);
  const isWhole = tail === '' && !/^["']?\/[\w$]/.test(text.slice(end, end + 3));
  const isMeant =
    hasPattern || (isWhole && WHOLE.test(text.slice(Math.max(0, start - 100), start)));
  if (!isMeant) return undefined;
  return `${to} holds the files of the whole system, not only those of the image: look at what this does with them`;
}
