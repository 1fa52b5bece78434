import { capabilityText, parseCapabilities } from '../analyze/capability.ts';
import { elfRole } from '../analyze/elf-role.ts';
import type { Entry } from '../analyze/entry.ts';
import type { FileFacts, Inspection } from '../analyze/inspect.ts';
import { isKernelModule } from '../analyze/kernel-module.ts';
import { octalMode } from '../octal-mode.ts';
import type { EntryFlag, EntryRow } from './inspect-report.ts';
import type { Plan } from './plan.ts';
import type { Step } from './step.ts';
import type { Trees } from './trees.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { unitFileNames } from './unit-needs.ts';

/** One row for every entry of the archive: what it is, where it goes, and what is special about it. */
export function inspectEntryRows(inspection: Inspection, plan: Plan, trees: Trees): EntryRow[] {
  const steps = new Map(
    plan.steps.flatMap(step => (step.do === 'create' ? [] : [[step.entry.path, step] as const])),
  );
  const isStarted = startedEntries(plan);
  return [...inspection.entries.values()].map(entry => {
    const step = steps.get(entry.path);
    const fate = step ? stepFate(step) : directoryFate(entry, plan, trees);
    const facts = inspection.facts.get(entry.path);
    return {
      path: entry.path,
      kind: entry.kind,
      mode: octalMode(entry.mode),
      uid: entry.uid,
      gid: entry.gid,
      size: entry.kind === 'file' ? entry.content.size : null,
      target: entry.kind === 'symlink' || entry.kind === 'hardlink' ? entry.target : null,
      newTarget: (entry.kind === 'symlink' && step?.do === 'copy' && step.target) || null,
      ...fate,
      flags: flagsOf(entry, {
        facts,
        action: fate.action,
        isStarted: isStarted(entry.path, fate.to),
      }),
      capabilities: capabilitiesOf(entry),
    };
  });
}

type Fate = Pick<EntryRow, 'to' | 'action' | 'reason'>;

function stepFate(step: Exclude<Step, { do: 'create' }>): Fate {
  const { do: action, because: reason } = step;
  return { to: action === 'drop' ? null : step.to, action, reason };
}

/** A directory that others are in goes where they go. */
function directoryFate(entry: Entry, plan: Plan, trees: Trees): Fate {
  const placement = plan.map.placements.get(entry.path);
  const to = placement?.to;
  if (to && trees.hasAfter(to)) return { to, action: 'copy', reason: placement.because };
  const reason = to || !placement ? 'nothing that is in it goes there' : placement.because;
  return { to: null, action: 'drop', reason };
}

/** Tells of an entry whether it is a unit that is started, the template of one, or the link that said so. */
function startedEntries({ map, units }: Plan): (path: string, to: string | null) => boolean {
  const started = new Set(units.enabled.map(({ unit }) => unit));
  const files = new Set(
    [...started].flatMap(unitFileNames).map(name => `${UNIT_DIRECTORY}/${name}`),
  );
  const links = new Set(map.links.flatMap(({ path, unit }) => (started.has(unit) ? [path] : [])));
  return (path, to) => links.has(path) || (to !== null && files.has(to));
}

interface EntryState {
  readonly facts: FileFacts | undefined;
  readonly action: EntryRow['action'];
  readonly isStarted: boolean;
}

function flagsOf(entry: Entry, { facts, action, isStarted }: EntryState): EntryFlag[] {
  const { path, mode, kind, xattrs } = entry;
  const isFile = kind === 'file' || kind === 'hardlink';
  const elf = facts?.elf;
  const flags: readonly (readonly [EntryFlag, boolean])[] = [
    ['dynamic', elf?.dynamic === true],
    ['static', elf !== undefined && !elf.dynamic && elfRole(path, elf) === 'program'],
    ['kernel-module', isFile && isKernelModule(path)],
    ['script', facts?.script !== undefined],
    ['setuid', isFile && (mode & 0o4000) !== 0],
    ['setgid', isFile && (mode & 0o2000) !== 0],
    ['capabilities', xattrs.has('security.capability')],
    ['rewritten', action === 'rewrite'],
    ['enabled', isStarted],
    ['dropped', action === 'drop'],
  ];
  return flags.flatMap(([flag, isSet]) => (isSet ? [flag] : []));
}

/** What cannot be decoded is shown as it is: the kernel refuses to run such a file. */
export function capabilitiesOf({ xattrs }: Entry): string | null {
  const value = xattrs.get('security.capability');
  if (!value) return null;
  const capabilities = parseCapabilities(value);
  return capabilities
    ? capabilityText(capabilities)
    : `invalid: ${Buffer.from(value).toString('hex')}`;
}
