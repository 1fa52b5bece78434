import type { TorcxReference } from '../analyze/torcx-reference.ts';

/** Directories of which the image had its own, and which the whole system shares now. */
const SHARED =
  /^\/(?:usr(?:\/local)?(?:\/(?:s?bin|lib(?:exec|32|64|x32)?|include|share|etc))?|usr\/lib\/(?:firmware|modules|systemd(?:\/(?:network|system))?|udev(?:\/rules\.d)?)|opt)$/;

/** Commands that act upon all that a directory holds. */
const WHOLE =
  /(?:^|[\s;&|({"'`])(?:chmod|chown|cp|du|find|grep|install|ls|mount|mv|rm|rsync|tar)\s[^;&|]{0,80}$/;

/** A directory is given to a container or another place of the tree: options of programs, settings of units. */
const GIVEN = /(?:(?:^|[\s"'])(?:-v|--volume|--bind|--mount)[ =]?["']?|\b(?:source|src)=["']?)$/;
const GIVING_KEY = /^(?:Bind(?:ReadOnly)?Paths|What)=$/;

/**
 * The note about a directory of the image that has become one of the system's, where all that it holds is meant.
 * @param to what takes the place of the reference
 * @param lead what stands before the text: `BindPaths=`
 */
export function widenedDirectory(
  text: string,
  { meaning, start, end, tail }: TorcxReference,
  { to, lead }: { readonly to: string; readonly lead: string },
): string | undefined {
  if (meaning.kind !== 'unpack' || !SHARED.test(to)) return undefined;
  const hasPattern = /^\/[^/$]*[*?[]/.test(tail);
  const isWhole = tail === '' && !/^["']?\/[\w$]/.test(text.slice(end, end + 3));
  const before = text.slice(Math.max(0, start - 100), start);
  const isGiven = GIVEN.test(before) || GIVING_KEY.test(lead);
  const isMeant = hasPattern || (isWhole && (isGiven || WHOLE.test(before)));
  if (!isMeant) return undefined;
  return `${to} holds the files of the whole system, not only those of the image: look at what this does with them`;
}
