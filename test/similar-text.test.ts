import { expect, test } from 'vitest';
import { similarText, similarTexts } from '../src/similar-text.ts';

test.each<[text: string, candidates: string[], similar: string[]]>([
  ['imge.tgz', ['other.tgz', 'image.tgz'], ['image.tgz']],
  ['zs', ['zsh', 'bash'], ['zsh']],
  ['doker', ['docker', 'poker', 'kubelet'], ['docker', 'poker']],
  ['abcdef', ['abcdxy', 'abcxyz'], ['abcdxy']],
  ['a', ['b', 'ab'], []],
  ['', ['a'], []],
  ['docker', [], []],
])('%j may be meant for one of %j: %j', (text, candidates, similar) => {
  expect(similarTexts(text, candidates)).toEqual(similar);
  expect(similarText(text, candidates)).toBe(similar[0]);
});
