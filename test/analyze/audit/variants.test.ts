import { describe, expect, test } from 'vitest';
import { applyFixEdits } from '../../../src/apply-fix-edits.ts';
import { type FixGroup, fixGroups } from '../../../src/fix-group.ts';
import { pathBytes, pathText } from '../../../src/path-text.ts';
import { auditGithub } from '../../../src/ui/audit-github.ts';
import { auditJson } from '../../../src/ui/audit-json.ts';
import { auditReport } from '../../../src/ui/audit-report.ts';
import { auditSarif } from '../../../src/ui/audit-sarif.ts';
import { auditFiles, type NodeFiles, summary } from '../../support/audit-files.ts';
import { auditVariants } from '../../support/audit-variants.ts';
import { validateEveryKey } from '../../support/report-schema.ts';
import { validateSarif } from '../../ui/support/sarif-schema.ts';

const variants = auditVariants();

test('there are enough of them', () => {
  expect(variants.length).toBeGreaterThan(100);
});

/** What editors and other systems make of a text, and what changes nothing. */
const SPELLINGS: readonly [string, (text: string) => string][] = [
  ['CRLF', text => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', text => `\ufeff${text}`],
  ['more lines at the end', text => `${text}\n\n`],
  ['no line end at the end', text => text.trimEnd()],
];

describe.each(variants)('$title', ({ files, expected }) => {
  const hasSeveral = Object.keys(files).length > 1;

  test('is judged as it should be', async () => {
    expect(summary(await auditFiles(files), hasSeveral)).toEqual(expected);
  });

  test('has nothing to fix once it is fixed, and no finding that was not there', async () => {
    const before = await auditFiles(files);
    const fixes = fixGroups(before.findings);
    const after = await auditFiles(applied(files, fixes));
    expect(fixGroups(after.findings)).toEqual([]);
    expect(after.findings.length).toBeLessThanOrEqual(before.findings.length);
  });

  test('has reports that are as their schemas have them', async () => {
    const result = await auditFiles(files);
    const report = auditReport(result, { exitCode: 1, showSuppressed: true });
    const documents: unknown[] = [auditJson(report), auditSarif(report)].map(text =>
      JSON.parse(text),
    );
    expect(validateEveryKey(documents[0]), JSON.stringify(validateEveryKey.errors)).toBe(true);
    expect(validateSarif(documents[1]), JSON.stringify(validateSarif.errors)).toBe(true);
    for (const line of auditGithub(report).split('\n').slice(0, result.findings.length)) {
      expect(line).toMatch(/^::(?:error|warning|notice) [^\r\n]+::[^\r\n]+$/);
    }
  });

  test.each(SPELLINGS)('is judged and fixed the same with %s', async (_, spell) => {
    const spelled = respelled(files, spell);
    const [plain, result] = [await auditFiles(files), await auditFiles(spelled)];
    expect(summary(result, hasSeveral)).toEqual(expected);
    const fixed = applied(files, fixGroups(plain.findings));
    const fixedSpelled = applied(spelled, fixGroups(result.findings));
    // The last line may be one that goes.
    expect(respelled(fixedSpelled, withoutEnd)).toEqual(
      respelled(respelled(fixed, spell), withoutEnd),
    );
  });
});

function withoutEnd(text: string): string {
  return text.trimEnd();
}

function respelled(files: NodeFiles, spell: (text: string) => string): NodeFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? spell(content) : content,
    ]),
  );
}

/** The files with every fix made that a program can make. */
function applied(files: NodeFiles, fixes: readonly FixGroup[]): NodeFiles {
  const result = new Map(Object.entries(files));
  for (const [path, content] of result) {
    const own = fixes.filter(fix => fix.path === path);
    if (own.some(({ removesFile }) => removesFile)) result.delete(path);
    else if (typeof content === 'string' && own.length > 0) {
      const edits = own.flatMap(({ edits }) => edits);
      result.set(path, pathText(applyFixEdits(pathBytes(content), edits)));
    }
  }
  return Object.fromEntries(result);
}
