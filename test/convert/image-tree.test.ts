import { expect, it } from 'vitest';
import { readBytes } from '../../src/content.ts';
import { imageTree } from '../../src/convert/image-tree.ts';
import { pathText } from '../../src/path-text.ts';
import { planOf } from '../support/plan-of.ts';

it('writes names of files as their bytes, also where they are no UTF-8', async () => {
  const name = pathText(Uint8Array.of(0x63, 0xe9));
  const { steps } = await planOf({ tree: { [`etc/${name}`]: 'a' } });
  const settings = imageTree(steps, 0).find(({ path }) => path.endsWith('/x-sysext.conf'));
  const bytes = settings?.kind === 'file' ? await readBytes(settings.content) : [];
  expect(Buffer.from(bytes).toString('latin1')).toBe(
    'C /etc/c\xe9 - - - - /usr/share/x/etc/c\xe9\n',
  );
});
