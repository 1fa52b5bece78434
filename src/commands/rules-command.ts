import type { RulesOptions } from '../command-line/rules-options.ts';
import { readRulePage } from '../host/rule-page.ts';
import { ruleListText, rulesJson, rulesMarkdown } from '../ui/rule-list.ts';
import { VERSION } from '../version.ts';
import type { CommandIo } from './command-io.ts';
import { emitResult } from './emit-result.ts';

/**
 * Prints the table of all rules, or the page of one.
 * @throws ToolError `tool-missing` when the page is not there
 */
export async function rulesCommand(options: RulesOptions, io: CommandIo): Promise<number> {
  await emitResult(await textOf(options), options, io);
  return 0;
}

async function textOf(options: RulesOptions): Promise<string> {
  const { format } = options.display;
  if (options.mode === 'explain') {
    const page = await readRulePage(options.rule);
    return format === 'json' ? rulesJson({ rule: options.rule, page }, VERSION) : page;
  }
  if (format === 'json') return rulesJson(undefined, VERSION);
  return format === 'markdown' ? rulesMarkdown() : ruleListText();
}
