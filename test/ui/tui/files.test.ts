import { expect, it } from 'vitest';
import { assertFits } from './support/assert-fits.ts';
import { openAnalyser } from './support/open-analyser.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 60, rows: 16 },
];

/** `vitest -u` writes them. */
it.each(sizes)('shows the tree on $columns x $rows', async size => {
  const { terminal } = await openAnalyser({ image: 'flatcar-style', size });
  terminal.press('/');
  terminal.type('docker.service');
  terminal.press('enter');
  await terminal.until('1 of 1');
  assertFits(terminal);
  await expect(terminal.frame()).toMatchFileSnapshot(
    `golden/files-${size.columns}x${size.rows}.txt`,
  );
});
