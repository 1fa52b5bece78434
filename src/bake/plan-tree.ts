import type { Inspection } from '../analyze/inspect.ts';
import { extensionReleaseText } from '../builder/extension-release.ts';
import { chooseArchitecture } from '../convert/architecture.ts';
import type { ReportedPlan } from '../convert/build-report.ts';
import type { PlacedElf } from '../convert/library-origin.ts';
import { bringsUnit } from '../convert/shipped-units.ts';
import type { Step } from '../convert/step.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { type Finding, finding } from '../finding.ts';
import { treeFindings } from './tree-findings.ts';
import { type ReleaseOptions, treeRelease } from './tree-release.ts';
import { isExtensionRelease, treeSteps } from './tree-steps.ts';
import { treeUnits } from './tree-units.ts';

/** What the user decides about an extension that is made of a tree. */
export interface TreeOptions extends ReleaseOptions {
  readonly enable: readonly string[];
  readonly keepSelinux: boolean;
}

/** Everything that will happen. With a finding that is an error, nothing may. */
export type TreePlan = ReportedPlan;

export interface TreeContents {
  readonly inspection: Inspection;
  /** Of the tree's own extension-release file; absent when it has none. */
  readonly releaseText?: string;
}

/**
 * Decides how a tree becomes an extension: everything stays where it is, and what a host must not get is left out.
 * @throws ToolError `mixed-architecture`; `usage` for a unit to enable that the tree does not have
 */
export function planTree(
  { inspection, releaseText }: TreeContents,
  options: TreeOptions,
): TreePlan {
  const { name, enable } = options;
  const tree = treeSteps(inspection.entries, options);
  const release = treeRelease(releaseText ?? '', options);
  const units = treeUnits(tree.steps, inspection, enable);
  const steps = [...tree.steps, ...units.steps];
  const elfs = placedElfs(steps, inspection);
  const byPath = new Map(elfs.map(({ to, elf }) => [to, elf]));
  const { architecture, findings } = chooseArchitecture(byPath, release.architecture);
  const reloads = release.reload === 'auto' ? steps.some(bringsUnit) : release.reload === 'always';
  const extension = {
    ...release.extension,
    ...(architecture !== undefined && architecture !== '_any' && { architecture }),
    reloadManager: reloads,
  };
  return {
    extension,
    steps,
    rewrites: [],
    units,
    elfs: byPath,
    findings: [
      ...tree.findings,
      ...foreignReleases(inspection, name),
      ...release.findings,
      ...units.findings,
      ...findings,
      ...treeFindings({ inspection, steps, name, elfs }),
      ...emptyFindings(steps),
    ],
    ...(releaseText !== undefined && {
      release: {
        from: extensionReleasePath(name),
        action: releaseText === extensionReleaseText(extension) ? 'copy' : 'rewrite',
      },
    }),
  };
}

function placedElfs(steps: readonly Step[], { facts }: Inspection): PlacedElf[] {
  return steps.flatMap(step => {
    if (step.do !== 'copy') return [];
    const elf = facts.get(step.to)?.elf;
    return elf ? [{ from: step.to, to: step.to, elf }] : [];
  });
}

/** systemd-sysext takes the file of another name for none, and refuses the image. */
function foreignReleases({ entries }: Inspection, name: string): Finding[] {
  const own = extensionReleasePath(name);
  return [...entries.values()]
    .filter(entry => isExtensionRelease(entry) && entry.path !== own)
    .map(({ path }) => {
      const other = path.slice(own.length - name.length);
      return finding('TX619', {
        path,
        message: `belongs to an extension that is called ${other}, and this one is called ${name}`,
        fix: { safety: 'manual', description: `bake it as ${other}, or delete the file` },
      });
    });
}

function emptyFindings(steps: readonly Step[]): Finding[] {
  if (steps.some(step => step.do !== 'drop')) return [];
  return [
    finding('TX604', {
      severity: 'error',
      message: 'nothing lies in usr or opt of the tree',
      fix: {
        safety: 'manual',
        description: 'put the files where nodes shall have them: usr/bin/…',
      },
    }),
  ];
}
