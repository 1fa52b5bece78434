import { expect, it } from 'vitest';
import { planOf } from '../support/plan-of.ts';

const SCRIPT = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/../sbin/zpool" "$@"\n';

async function messagesOf(
  tree: Parameters<typeof planOf>[0]['tree'],
  bin: readonly string[],
): Promise<string[]> {
  const { findings } = await planOf({ tree, manifest: { bin } });
  return findings.filter(({ ruleId }) => ruleId === 'TX607').map(({ message }) => message);
}

it('says which file a script would not find any more', async () => {
  const found = await messagesOf({ 'wrap/zpool': SCRIPT, 'sbin/zpool': 'elf' }, ['/wrap/zpool']);
  expect(found).toEqual([
    'looks for ../sbin/zpool from where it lies, which was sbin/zpool of the image; that is /usr/lib/x/sbin/zpool now, and not /usr/bin/zpool',
  ]);
});

it.each<[what: string, tree: Parameters<typeof planOf>[0]['tree'], bin: readonly string[]]>([
  ['both stay together', { 'bin/a': SCRIPT, 'sbin/zpool': 'elf' }, ['/bin/a', '/sbin/zpool']],
  [
    'a script that is linked',
    { 'opt/z/wrap/a': SCRIPT, 'opt/z/sbin/zpool': 'x' },
    ['/opt/z/wrap/a'],
  ],
  ['a file that the image never had', { 'wrap/a': SCRIPT }, ['/wrap/a']],
])('says nothing of %s', async (_, tree, bin) => {
  expect(await messagesOf(tree, bin)).toEqual([]);
});
