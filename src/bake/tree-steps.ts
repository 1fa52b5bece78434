import type { Entry } from '../analyze/entry.ts';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { filePolicy } from '../convert/file-policy.ts';
import { isSystemdSettings } from '../convert/rewrite-file.ts';
import type { CopyStep, DropStep } from '../convert/step.ts';
import { RELEASE_DIRECTORY } from '../extension-release-path.ts';
import { type Finding, finding } from '../finding.ts';
import { octalMode } from '../octal-mode.ts';
import { parentsOf } from '../path-names.ts';

/** The directories that systemd-sysext merges. */
export const MERGED: readonly string[] = ['usr', 'opt'];

export interface TreeSteps {
  /**
   * One for every entry but the extension-release files, which are somebody else's business, and the directories that
   * others are in.
   */
  readonly steps: readonly (CopyStep | DropStep)[];
  readonly findings: readonly Finding[];
}

interface TreeStepsOptions {
  readonly keepSelinux: boolean;
}

/** Decides which entries of a tree an extension may have. They all stay where they are. */
export function treeSteps(
  entries: ReadonlyMap<string, Entry>,
  options: TreeStepsOptions,
): TreeSteps {
  const decider = new Decider(entries, options);
  for (const entry of entries.values()) decider.decide(entry);
  const releases = [...entries.values()].filter(isExtensionRelease);
  const inside = [...decider.steps.map(({ entry }) => entry), ...releases];
  const occupied = new Set(inside.flatMap(({ path }) => parentsOf(path)));
  return {
    steps: decider.steps.filter(({ entry }) => !occupied.has(entry.path)),
    findings: [...decider.findings, ...outsideFindings(decider.steps)],
  };
}

/** True for a file by which systemd would know this or another extension. */
export function isExtensionRelease({ path, kind }: Entry): boolean {
  return kind !== 'directory' && path.startsWith(`${RELEASE_DIRECTORY}/`);
}

/** True for what lies in a directory that systemd-sysext merges, and for that directory. */
export function isMerged(path: string): boolean {
  return MERGED.includes(path.split('/', 1)[0] ?? '');
}

class Decider {
  readonly steps: (CopyStep | DropStep)[] = [];
  readonly findings: Finding[] = [];
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #options: TreeStepsOptions;
  /** Of a file whose first name is left out: the name that has the file instead. */
  readonly #homes = new Map<string, string>();

  constructor(entries: ReadonlyMap<string, Entry>, options: TreeStepsOptions) {
    this.#entries = entries;
    this.#options = options;
  }

  decide(entry: Entry): void {
    if (isExtensionRelease(entry)) return;
    if (!isMerged(entry.path)) {
      this.steps.push({ do: 'drop', entry, because: 'systemd-sysext merges /usr and /opt only' });
      return;
    }
    const because = reasonAgainst(this.#realOf(entry));
    if (because !== undefined) {
      this.findings.push(
        finding('TX611', { path: entry.path, message: `is left out: ${because}` }),
      );
      this.steps.push({ do: 'drop', entry, because });
      return;
    }
    if (entry.kind === 'directory') this.findings.push(...directoryFindings(entry));
    this.#copy(entry);
  }

  #copy(entry: Entry): void {
    const home = entry.kind === 'hardlink' ? this.#homeOf(entry.target, entry.path) : entry.path;
    const kept = home === entry.path ? this.#realOf(entry) : entry;
    const { keepSelinux } = this.#options;
    const { findings, ...policy } = filePolicy(kept, {
      isUnit: isSystemdSettings(entry.path),
      keepSelinux,
    });
    this.findings.push(...findings);
    this.steps.push({
      do: 'copy',
      entry: kept,
      to: entry.path,
      because: 'as it is',
      ...(kept.kind === 'hardlink' && { target: home }),
      ...policy,
    });
  }

  /** What a hard link is a name of, under that name. */
  #realOf(entry: Entry): Entry {
    if (entry.kind !== 'hardlink') return entry;
    const real = this.#entries.get(entry.target);
    if (!real) throw new Error(`the hard link ${entry.path} has no target`);
    return { ...real, path: entry.path };
  }

  #homeOf(first: string, path: string): string {
    if (isMerged(first) && !first.startsWith(`${RELEASE_DIRECTORY}/`)) return first;
    const home = this.#homes.get(first) ?? path;
    this.#homes.set(first, home);
    return home;
  }
}

function reasonAgainst({ path, kind }: Entry): string | undefined {
  if (path === 'usr/lib/os-release') {
    return 'an os-release file makes systemd-sysext refuse every extension of the host';
  }
  if (kind === 'char-device' || kind === 'block-device' || kind === 'fifo' || kind === 'socket') {
    return `a ${kind} cannot be part of an extension`;
  }
  if (kind === 'directory' || !isHostDirectory(path)) return undefined;
  return `a ${kind} here would replace the host's directory`;
}

/**
 * The topmost extension's mode replaces that of the host's directory, so all are 0755. Who had closed one, or opened it
 * to everybody, has to know.
 */
function directoryFindings({ path, mode }: Entry): Finding[] {
  const isUsual = (mode & 0o7055) === 0o055;
  return [
    ...(path === 'usr/sbin' ? [sbinFinding(path)] : []),
    ...(isUsual
      ? []
      : [
          finding('TX621', {
            path,
            message: `has the mode ${octalMode(mode)}; in the extension it is 0755, like every directory`,
          }),
        ]),
  ];
}

function sbinFinding(path: string): Finding {
  return finding('TX620', {
    path,
    message:
      'is a link to bin on newer hosts: this directory would hide it, and all programs behind it',
    fix: { safety: 'manual', description: 'move what is in it to usr/bin' },
  });
}

/** One for each name at the top. */
function outsideFindings(steps: TreeSteps['steps']): Finding[] {
  const counts = new Map<string, number>();
  for (const { entry } of steps) {
    const [top = ''] = entry.path.split('/');
    if (MERGED.includes(top)) continue;
    counts.set(top, (counts.get(top) ?? 0) + (entry.kind === 'directory' ? 0 : 1));
  }
  return [...counts].map(([top, count]) =>
    finding('TX604', {
      path: top,
      message: `is left out with ${count === 1 ? '1 file' : `${count} files`}: systemd-sysext merges /usr and /opt only`,
      ...(top === 'etc' && { fix: ETC_FIX }),
    }),
  );
}

const ETC_FIX = {
  safety: 'manual',
  description:
    "put the file below usr/share, and a line such as 'C /etc/x - - - - /usr/share/x' into a file in usr/lib/tmpfiles.d",
} as const;
