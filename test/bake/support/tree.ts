import { inspectTree } from '../../../src/bake/inspect-tree.ts';
import { planTree, type TreeOptions, type TreePlan } from '../../../src/bake/plan-tree.ts';
import type { FileNode } from '../../../src/file-node.ts';

export const OPTIONS: TreeOptions = {
  name: 'mytool',
  architecture: 'auto',
  reload: 'auto',
  enable: [],
  keepSelinux: false,
};

/** What is decided about a tree. */
export async function planOf(
  nodes: readonly FileNode[],
  options: Partial<TreeOptions> = {},
): Promise<TreePlan> {
  const inspected = await inspectTree({ nodes, hasAttributes: true }, options.name ?? OPTIONS.name);
  return planTree(inspected, { ...OPTIONS, ...options });
}

/** `error TX619 usr/sbin` for each finding but those about dynamic programs. */
export function briefFindings({ findings }: Pick<TreePlan, 'findings'>): string[] {
  return findings.map(({ severity, ruleId, path }) =>
    [severity, ruleId, path].filter(part => part !== undefined).join(' '),
  );
}
