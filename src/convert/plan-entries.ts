import type { Entry } from '../analyze/entry.ts';
import type { FileFacts, Inspection } from '../analyze/inspect.ts';
import { append } from '../append.ts';
import { type Finding, finding } from '../finding.ts';
import { parentOf, parentsOf } from '../path-names.ts';
import { filePolicy } from './file-policy.ts';
import type { PathMap, Placement } from './path-map.ts';
import { retargetLink } from './retarget-link.ts';
import { type FileRewrite, isSystemdSettings, rewriteFile } from './rewrite-file.ts';
import type { Step } from './step.ts';
import { DEFAULT_MODE, fitsTmpfiles, type TmpfilesItem } from './tmpfiles.ts';

export interface EntriesPlan {
  readonly steps: readonly Step[];
  readonly rewrites: readonly FileRewrite[];
  /** What tmpfiles.d has to put outside /usr and /opt. */
  readonly outside: readonly TmpfilesItem[];
  readonly findings: readonly Finding[];
}

export interface EntriesInput {
  readonly inspection: Inspection;
  readonly map: PathMap;
  /** Torcx's name of the image. */
  readonly imageName: string;
  readonly keepSelinux: boolean;
}

/** Decides what happens to every entry of the archive. */
export function planEntries(input: EntriesInput): EntriesPlan {
  const planner = new EntryPlanner(input);
  for (const entry of input.inspection.entries.values()) planner.plan(entry);
  return planner;
}

class EntryPlanner implements EntriesPlan {
  readonly steps: Step[] = [];
  readonly rewrites: FileRewrite[] = [];
  readonly outside: TmpfilesItem[] = [];
  readonly findings: Finding[] = [];
  readonly #input: EntriesInput;
  /** Directories of the archive that have something in them. */
  readonly #occupied: ReadonlySet<string>;
  /** Where empty directories go. */
  readonly #empty = new Set<string>();
  /** Directories that get a mode of their own outside. */
  readonly #made = new Set<string>();

  constructor(input: EntriesInput) {
    this.#input = input;
    const parents = [...input.inspection.entries.keys()].map(parentOf);
    this.#occupied = new Set(parents);
  }

  plan(entry: Entry): void {
    const placement = this.#input.map.placements.get(entry.path);
    if (!placement) throw new Error(`${entry.path} has no place`);
    const { because } = placement;
    if (!isPlaced(placement)) {
      // The directories of what is left out, and those that others are in, are not worth a line.
      if (!this.#isImplied(entry)) this.steps.push({ do: 'drop', entry, because });
      return;
    }
    if (entry.kind === 'directory') this.#directory(entry, placement);
    else if (entry.kind === 'symlink') this.#symlink(entry, placement);
    else this.#file(entry, placement);
  }

  #isImplied(entry: Entry): boolean {
    return entry.kind === 'directory' && this.#occupied.has(entry.path);
  }

  #directory(entry: Entry, { to, because, copiedTo }: Placed): void {
    if (this.#isImplied(entry)) return;
    if (copiedTo !== undefined) {
      this.#putOutside({ kind: 'directory', path: copiedTo, mode: entry.mode }, entry);
      this.steps.push({ do: 'drop', entry, because: `empty; tmpfiles.d makes ${copiedTo}` });
      return;
    }
    // `bin/d` and `sbin/d` are one directory now.
    if (this.#empty.has(to)) return;
    this.#empty.add(to);
    this.#copy(entry, { to, because });
  }

  #symlink(entry: Extract<Entry, { kind: 'symlink' }>, { to, because, copiedTo }: Placed): void {
    const { map, imageName } = this.#input;
    const target = retargetLink({ from: entry.path, to, target: entry.target, imageName }, map);
    if (target === undefined) {
      this.findings.push(
        finding('TX607', {
          path: entry.path,
          message: `the link points to ${entry.target}, which nothing provides any more`,
        }),
      );
    }
    const moved = target !== undefined && target !== entry.target;
    const reason = moved ? `${because}; pointed to ${entry.target}` : because;
    this.#copy(entry, { to, because: reason, ...(moved && { target }) });
    if (copiedTo !== undefined)
      this.#putOutside({ kind: 'link', path: copiedTo, target: `/${to}` }, entry);
  }

  #file(entry: Entry, { to, because, copiedTo }: Placed): void {
    const { inspection, map, imageName } = this.#input;
    const facts = inspection.facts.get(entry.path);
    const rewrite =
      facts?.text === undefined
        ? undefined
        : rewriteFile(
            { from: entry.path, to, text: facts.text, unit: this.#unitOf(entry.path) },
            map,
            imageName,
          );
    this.#reportStrings(entry, facts);
    if (rewrite) append(this.findings, rewrite.findings);
    if (rewrite && rewrite.after !== rewrite.before) {
      this.rewrites.push(rewrite);
      this.#rewrite(entry, { to, because, text: rewrite.after });
    } else if (entry.kind === 'hardlink') {
      this.#hardlink(entry, { to, because }, facts?.text !== undefined);
    } else {
      this.#copy(entry, { to, because });
    }
    if (copiedTo !== undefined)
      this.#putOutside({ kind: 'copy', path: copiedTo, source: `/${to}` }, entry);
  }

  /** The text of the unit that a drop-in at `path` belongs to: its variables hold there too. */
  #unitOf(path: string): string | undefined {
    const unit = /^(.+)\.d\/[^/]+\.conf$/.exec(path)?.[1];
    return unit === undefined ? undefined : this.#input.inspection.facts.get(unit)?.text;
  }

  /** Both names of a hard link go their own ways; a text is a file of its own, since only one may be rewritten. */
  #hardlink(
    entry: Extract<Entry, { kind: 'hardlink' }>,
    { to, because }: Destination,
    isText: boolean,
  ): void {
    const { inspection, map } = this.#input;
    const original = inspection.entries.get(entry.target);
    const target = map.placements.get(entry.target)?.to;
    if (target && !isText) this.#copy(entry, { to, because, target });
    else if (original) this.#copy({ ...original, path: entry.path }, { to, because });
  }

  #copy(entry: Entry, { to, because, target }: Destination & { readonly target?: string }): void {
    const { mode, xattrs } = this.#policy(entry, to);
    const step: Step = { do: 'copy', entry, mode, xattrs, to, because };
    this.steps.push(target === undefined ? step : { ...step, target });
  }

  #rewrite(entry: Entry, destination: Destination & { readonly text: string }): void {
    this.steps.push({
      do: 'rewrite',
      entry,
      ...this.#policy(entry, destination.to),
      ...destination,
    });
  }

  #policy(entry: Entry, to: string) {
    const { keepSelinux } = this.#input;
    const { mode, xattrs, findings } = filePolicy(entry, {
      isUnit: isSystemdSettings(to),
      keepSelinux,
    });
    this.findings.push(...findings);
    return { mode, xattrs };
  }

  #putOutside(item: TmpfilesItem, { path }: Entry): void {
    if (fitsTmpfiles(item.path)) {
      this.#putParents(path);
      this.outside.push(item);
      return;
    }
    this.findings.push(
      finding('TX604', {
        path,
        message: 'its name has a line break, so tmpfiles.d cannot put it in place',
      }),
    );
  }

  /** systemd-tmpfiles makes the directories that it needs by itself, but not with a mode of the image's. */
  #putParents(path: string): void {
    for (const parent of parentsOf(path)) {
      const mode = this.#input.inspection.entries.get(parent)?.mode;
      // Every host has those at the top.
      if (mode === undefined || mode === DEFAULT_MODE || !parent.includes('/')) continue;
      if (this.#made.has(parent)) continue;
      this.#made.add(parent);
      this.outside.push({ kind: 'directory', path: `/${parent}`, mode });
    }
  }

  #reportStrings({ path }: Entry, facts: FileFacts | undefined): void {
    for (const { offset, text } of facts?.strings ?? []) {
      this.findings.push(
        finding('TX607', {
          path,
          message: `holds "${text}" at byte ${offset}; a program's own strings cannot be rewritten`,
        }),
      );
    }
  }
}

type Destination = { readonly to: string; readonly because: string };
type Placed = Placement & { readonly to: string };

function isPlaced(placement: Placement): placement is Placed {
  return placement.to !== null;
}
