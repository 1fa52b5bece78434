import type { Inspection } from '../analyze/inspect.ts';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { type DeadLinkScope, deadLink } from '../convert/dead-link.ts';
import { LATE_SETTINGS } from '../convert/late-settings.ts';
import { libraryFindings } from '../convert/library-findings.ts';
import type { PlacedElf } from '../convert/library-origin.ts';
import { moduleFindings } from '../convert/module-findings.ts';
import { unitTexts } from '../convert/shipped-units.ts';
import type { Step } from '../convert/step.ts';
import { treesOf } from '../convert/trees.ts';
import { type Finding, finding } from '../finding.ts';

interface FindingsInput {
  readonly inspection: Inspection;
  /** What the extension will hold. */
  readonly steps: readonly Step[];
  /** Of the extension. */
  readonly name: string;
  readonly elfs: readonly PlacedElf[];
}

/** What a host may make of a tree that the tree's author does not expect. Nothing of it is mended. */
export function treeFindings({ inspection, steps, name, elfs }: FindingsInput): Finding[] {
  const trees = treesOf(inspection.entries, steps);
  const kept = new Map(
    steps.flatMap(step =>
      step.do === 'copy' ? [[step.entry.path, { to: step.to }] as const] : [],
    ),
  );
  return [
    ...libraryFindings(elfs, trees),
    ...moduleFindings(inspection, kept),
    ...deadLinks(steps, { name, trees }),
    ...lateSettings(steps, inspection),
    ...torcxLeft(inspection, kept),
  ];
}

function deadLinks(steps: readonly Step[], scope: DeadLinkScope): Finding[] {
  return steps.flatMap(step => {
    if (step.do !== 'copy' || step.entry.kind !== 'symlink') return [];
    const message = deadLink(step.to, step.entry.target, scope);
    return message === undefined ? [] : [finding('TX608', { path: step.to, message })];
  });
}

/** A unit of the tree that names the file, or that triggers udev, makes up for it. */
function lateSettings(steps: readonly Step[], inspection: Inspection): Finding[] {
  const units = [...unitTexts(steps, inspection).values()].join('\n');
  const paths = steps.flatMap(step => (step.do === 'drop' ? [] : [step.to]));
  return LATE_SETTINGS.flatMap(({ pattern, because, commands }) =>
    paths
      .filter(path => pattern.test(path))
      .filter(path => !units.includes(`/${path}`) && !isTriggered(path, units))
      .map(path =>
        finding('TX615', {
          path,
          message: because,
          fix: {
            safety: 'manual',
            description: `let a unit of the extension run ${commands([`/${path}`], [])
              .map(plainCommand)
              .join(' and ')}`,
          },
        }),
      ),
  );
}

function isTriggered(path: string, units: string): boolean {
  return path.startsWith('usr/lib/udev/') && /\budevadm\s+trigger\b/.test(units);
}

/** Without the `-` by which systemd ignores a failure. */
function plainCommand(command: string): string {
  return `'${command.replace(/^-/, '')}'`;
}

function torcxLeft({ facts }: Inspection, kept: ReadonlyMap<string, unknown>): Finding[] {
  return [...facts].flatMap(([path, { text = '', strings = [] }]) => {
    if (!kept.has(path)) return [];
    return [
      ...findTorcxReferences(text).map(({ line, column, text: token }) =>
        finding('TX607', {
          path,
          line,
          column,
          message: `mentions ${token}, which no host has any more`,
        }),
      ),
      ...strings.map(({ offset, text: token }) =>
        finding('TX607', { path, message: `holds "${token}" at byte ${offset}` }),
      ),
    ];
  });
}
