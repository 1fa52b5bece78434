import { readFile } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import type { RuleId } from '../rule-table.ts';
import { errorCode } from './disk-error.ts';

/** The pages lie beside `src/` and `dist/`, in the repository as in the package. */
const PAGES = new URL('../../docs/rules/', import.meta.url);

/**
 * Reads the page of a rule, as Markdown.
 * @throws ToolError `tool-missing` when the package was installed without it
 */
export async function readRulePage(rule: RuleId): Promise<string> {
  try {
    return await readFile(new URL(`${rule}.md`, PAGES), 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new ToolError('tool-missing', {
      what: `the page docs/rules/${rule}.md of this package`,
      suggestion: 'install torcx2sysext again',
    });
  }
}
