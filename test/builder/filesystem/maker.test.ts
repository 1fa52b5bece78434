import { expect, test } from 'vitest';
import { MAKERS } from '../../../src/builder/filesystem/maker.ts';

test('debugfs finds a directory whose name has spaces and quotes', () => {
  const { args } = MAKERS.ext4.extract('/x.raw', '/a "b" c');
  expect(args).toEqual(['-R', 'rdump / "/a ""b"" c"', '/x.raw']);
});
