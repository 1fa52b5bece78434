import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { auditEntries } from '../../../src/analyze/audit/audit.ts';
import { AUDIT_RULES } from '../../../src/analyze/audit/rule-list.ts';
import { RULES } from '../../../src/rule-table.ts';
import { auditTree } from '../../support/audit-tree.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Reported by the conversion, which has fixtures of its own. */
const isAudited = (id: string) => !id.startsWith('TX6');
const ids = Object.keys(RULES);
const rules = Object.entries(RULES).map(([id, { slug }]) => ({ id, slug }));
const audited = rules.filter(({ id }) => isAudited(id));

async function rulesFoundIn(tree: string) {
  const options = { roots: [tree], targetVersion: '3794.0.0', useIgnores: true };
  const { findings } = await auditEntries(auditTree(tree), options);
  return findings;
}

test.each(rules)('$id has a page that names it', ({ id, slug }) => {
  const page = readFileSync(`${root}docs/rules/${id}.md`, 'utf8');
  expect(page.split('\n')[0]).toBe(`# ${id} ${slug}`);
  for (const heading of ['What', 'Why', 'Example', 'Fix', 'Ignore']) {
    expect(page).toContain(`\n## ${heading}\n`);
  }
  const length = page.trimEnd().split('\n').length;
  expect(length).toBeGreaterThanOrEqual(15);
  expect(length).toBeLessThanOrEqual(40);
});

// TX901 judges the comments that silence the others, and so is no rule among them.
test.each(audited.filter(({ id }) => id !== 'TX901'))(
  '$id has a file and a row in the table',
  ({ id, slug }) => {
    expect(existsSync(`${root}src/analyze/audit/rules/${id.toLowerCase()}-${slug}.ts`)).toBe(true);
    expect(AUDIT_RULES.filter(rule => rule.id === id)).toHaveLength(1);
  },
);

describe.each(audited)('$id', ({ id }) => {
  test('finds its bad fixture', async () => {
    const found = await rulesFoundIn(`${root}fixtures/audit/${id}/bad`);
    expect(found.map(({ ruleId }) => ruleId)).toContain(id);
  });

  test('leaves its good fixture alone', async () => {
    const found = await rulesFoundIn(`${root}fixtures/audit/${id}/good`);
    expect(found.map(({ ruleId }) => ruleId)).not.toContain(id);
  });
});

test('there is no page, fixture or rule file without a rule', () => {
  const pages = readdirSync(`${root}docs/rules`).map(name => name.replace('.md', ''));
  const fixtures = readdirSync(`${root}fixtures/audit`);
  const files = readdirSync(`${root}src/analyze/audit/rules`).filter(name => /^tx\d/.test(name));
  expect(pages.sort()).toEqual([...ids].sort());
  expect(fixtures.sort()).toEqual(ids.filter(isAudited).sort());
  expect(files.map(name => name.slice(0, 5).toUpperCase()).sort()).toEqual(
    ids.filter(id => isAudited(id) && id !== 'TX901').sort(),
  );
});
