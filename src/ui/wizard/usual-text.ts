import type { Answers } from '../../command-line/answers.ts';
import type { Question } from './questions.ts';

/**
 * What an empty answer means for this archive.
 * @param name of the extension; undefined as long as nobody knows it
 */
export function usualText(
  { id, usual }: Question,
  { imageFormat }: Answers,
  name: string | undefined,
): string {
  if (name === undefined) return usual;
  if (id === 'output' && imageFormat === 'directory') return `./${name}/`;
  return id === 'name' ? name : usual.replaceAll('NAME', name);
}
