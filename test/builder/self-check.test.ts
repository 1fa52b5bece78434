import { expect, test } from 'vitest';
import {
  type ExtensionMetadata,
  extensionReleaseNode,
} from '../../src/builder/extension-release.ts';
import type { ImageNode } from '../../src/builder/image-node.ts';
import { selfCheck } from '../../src/builder/self-check.ts';
import { bytesContent } from '../../src/content.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { device, directory, file, hardlink, imageOf, symlink } from '../support/image-trees.ts';

const EXTENSION: ExtensionMetadata = { name: 'x', id: '_any', reloadManager: false };

const NOTE = new Map([['user.note', Buffer.from('a')]]);

const TREE: readonly ImageNode[] = [
  directory('usr/share/d'),
  file('usr/bin/a', 'program', { mode: 0o755, uid: 5, gid: 6, mtime: 7, xattrs: NOTE }),
  symlink('usr/bin/b', 'a'),
  hardlink('usr/bin/c', 'usr/bin/a'),
];

interface Case {
  readonly written: readonly ImageNode[];
  readonly wanted: readonly ImageNode[];
  readonly extension?: ExtensionMetadata;
  readonly verify?: boolean;
}

/** Why an image of the tree `written` does not pass for one of the tree `wanted`; undefined when it does. */
async function reasonAgainst({ written, wanted, extension = EXTENSION, verify = false }: Case) {
  const release = extensionReleaseNode(EXTENSION, 0);
  const image = bytesContent(await imageOf([...written, release]));
  const check = () => selfCheck({ image, nodes: [...wanted, release], extension, verify });
  const passed = await check().then(
    () => true,
    () => false,
  );
  return passed ? undefined : toolErrorOf(check);
}

/** The tree with another node in the place of the one at that path, or without it. */
function withNode(path: string, node?: ImageNode): ImageNode[] {
  return TREE.flatMap(one => (one.path === path ? (node ?? []) : one));
}

const a = (meta: object, content = 'program') =>
  file('usr/bin/a', content, { mode: 0o755, uid: 5, gid: 6, mtime: 7, xattrs: NOTE, ...meta });

test.each<[what: string, Case]>([
  ['the tree itself', { written: TREE, wanted: TREE }],
  ['the tree, each file compared', { written: TREE, wanted: TREE, verify: true }],
  [
    'a hard link the other way round',
    {
      written: withNode('usr/bin/a', hardlink('usr/bin/a', 'usr/bin/c')).map(node =>
        node.path === 'usr/bin/c' ? { ...a({}), path: 'usr/bin/c' } : node,
      ),
      wanted: TREE,
      verify: true,
    },
  ],
  [
    'other bytes of the same number, which only --verify reads',
    { written: withNode('usr/bin/a', a({}, 'PROGRAM')), wanted: TREE },
  ],
])('passes: %s', async (_, request) => {
  expect(await reasonAgainst(request)).toBeUndefined();
});

test.each<[what: string, written: readonly ImageNode[], reason: string]>([
  [
    'a file that nobody asked for',
    [...TREE, file('usr/bin/z', '')],
    '/usr/bin/z: nobody asked for it',
  ],
  ['a file that is missing', withNode('usr/bin/b'), '/usr/bin/b: it is missing'],
  ['a directory that is missing', withNode('usr/share/d'), '/usr/share/d: it is missing'],
  [
    'a node of another kind',
    withNode('usr/bin/b', device('usr/bin/b', 'char-device', [0, 0])),
    '/usr/bin/b: it is a char-device, not a symlink',
  ],
  ['another mode', withNode('usr/bin/a', a({ mode: 0o4755 })), '/usr/bin/a: mode is 2541, not 493'],
  ['another owner', withNode('usr/bin/a', a({ uid: 0 })), '/usr/bin/a: uid is 0, not 5'],
  ['another group', withNode('usr/bin/a', a({ gid: 0 })), '/usr/bin/a: gid is 0, not 6'],
  ['another time', withNode('usr/bin/a', a({ mtime: 8 })), '/usr/bin/a: mtime is 8, not 7'],
  ['another size', withNode('usr/bin/a', a({}, 'prog')), '/usr/bin/a: it has 4 bytes, not 7'],
  [
    'another target',
    withNode('usr/bin/b', symlink('usr/bin/b', 'c')),
    '/usr/bin/b: its target differs',
  ],
  [
    'no attribute',
    withNode('usr/bin/a', a({ xattrs: new Map() })),
    '/usr/bin/a: its extended attributes differ',
  ],
  [
    'another attribute',
    withNode('usr/bin/a', a({ xattrs: new Map([['user.other', Buffer.from('a')]]) })),
    '/usr/bin/a: its extended attributes differ',
  ],
  [
    'an attribute with another value',
    withNode('usr/bin/a', a({ xattrs: new Map([['user.note', Buffer.from('b')]]) })),
    '/usr/bin/a: its extended attributes differ',
  ],
])('does not pass: %s', async (_, written, reason) => {
  const error = await reasonAgainst({ written, wanted: TREE });
  expect(error).toEqual({ code: 'self-check-failed', facts: { reason } });
});

test('with --verify, bytes that differ do not pass', async () => {
  const written = withNode('usr/bin/a', a({}, 'PROGRAM'));
  const error = await reasonAgainst({ written, wanted: TREE, verify: true });
  const reason = '/usr/bin/a: its content differs after byte 0';
  expect(error).toEqual({ code: 'self-check-failed', facts: { reason } });
});

test('a release that says something else does not pass', async () => {
  const extension = { ...EXTENSION, id: 'flatcar' };
  const error = await reasonAgainst({ written: TREE, wanted: TREE, extension });
  const reason = '/usr/lib/extension-release.d/extension-release.x: it reads differently';
  expect(error).toEqual({ code: 'self-check-failed', facts: { reason } });
});
