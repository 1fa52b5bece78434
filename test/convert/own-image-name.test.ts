import { expect, it } from 'vitest';
import { inspectEntries } from '../../src/analyze/inspect.ts';
import { ownImageName } from '../../src/convert/own-image-name.ts';
import { entriesOf } from '../support/entries.ts';

const TREES = {
  'a unit that names its image directory': {
    'lib/systemd/system/d.service':
      '[Service]\nEnvironment=TORCX_IMAGEDIR=/docker\nExecStart=${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}/bin/d\n',
  },
  'a script that calls a program of the image': {
    'bin/zpool': 'elf',
    'wrap/zpool': '#!/bin/sh\nexec $TORCX_UNPACKDIR/zfs/bin/zpool\n',
  },
  'a script that calls a program of another image': {
    'bin/x': '#!/bin/sh\nexec /run/torcx/unpack/docker/bin/docker\n',
  },
  'no text that mentions an image': { 'bin/x': '#!/bin/sh\n' },
};

it.each<[tree: keyof typeof TREES, guesses: string[], name: string]>([
  ['a unit that names its image directory', ['docker', 'other'], 'docker'],
  ['a unit that names its image directory', ['image', 'docker'], 'docker'],
  ['a unit that names its image directory', ['a', 'my-docker'], 'docker'],
  ['a script that calls a program of the image', ['a', 'tools'], 'zfs'],
  ['a script that calls a program of another image', ['tools', 'tools'], 'tools'],
  ['no text that mentions an image', ['a', 'tools'], 'a'],
])('%s, called %j, is %s', async (tree, guesses, name) => {
  const inspection = await inspectEntries([...entriesOf(TREES[tree]).values()]);
  expect(ownImageName(inspection, guesses)).toBe(name);
});
