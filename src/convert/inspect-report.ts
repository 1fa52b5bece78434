import type { DuplicateGroup } from '../analyze/duplicate-files.ts';
import type { ElfFacts } from '../analyze/elf.ts';
import type { ElfRole } from '../analyze/elf-role.ts';
import type { Entry } from '../analyze/entry.ts';
import type { AssetKind } from '../analyze/manifest.ts';
import type { Shebang } from '../analyze/shebang.ts';
import type { Finding } from '../finding.ts';
import type { OutclaimedAsset } from './asset-claims.ts';
import type { Origin, SearchPath } from './library-origin.ts';
import type {
  EnabledRow,
  MappingAction,
  NotEnabledRow,
  ReportInput,
  ReportOutput,
  ReportSummary,
  UnitRow,
} from './report.ts';

/**
 * What is in an image and what a conversion would make of it, as plain data: the JSON report is this object, the other
 * formats are views of it. Like a conversion's report it holds no time, host or directory. Paths are those in the
 * archive, `to` is the path in the extension.
 */
export interface InspectReport {
  readonly schemaVersion: '1.0';
  readonly mode: 'inspect';
  readonly complete: boolean;
  readonly exitCode: number;
  readonly tool: { readonly name: 'torcx2sysext'; readonly version: string };
  readonly verdict: Verdict;
  readonly input: InspectInput;
  /** What the extension would be; null when there can be none. */
  readonly extension: Pick<ReportOutput, 'name' | 'extensionRelease'> | null;
  readonly summary: ReportSummary;
  readonly contents: ContentsSummary;
  /** Every entry of the archive, in its order of paths. */
  readonly entries: readonly EntryRow[];
  /** What the extension would have and the archive does not, sorted. */
  readonly created: readonly CreatedRow[];
  readonly elf: readonly InspectedElf[];
  readonly scripts: readonly ScriptRow[];
  readonly units: readonly InspectedUnit[];
  readonly rewrites: readonly UnitRow[];
  readonly enabled: readonly EnabledRow[];
  readonly notEnabled: readonly NotEnabledRow[];
  /** Null: the image has none, so Torcx activated nothing of it. */
  readonly manifest: ManifestReport | null;
  readonly duplicates: readonly DuplicateGroup[];
  readonly findings: readonly Finding[];
}

/** `warnings`: it converts, and findings of that severity or above need a look. */
export type Verdict =
  | { readonly status: 'clean' | 'warnings' }
  | {
      readonly status: 'refused';
      readonly code: 'mixed-architecture' | 'not-convertible' | 'unsafe-entry';
      readonly reason: string;
      readonly try?: string;
    };

export interface InspectInput extends ReportInput {
  /** Bytes of the archive without its compression. */
  readonly uncompressedSize: number;
  /** Oddities of the archive that cost nothing. */
  readonly notes: readonly string[];
}

export interface ContentsSummary {
  readonly files: number;
  readonly directories: number;
  readonly symlinks: number;
  readonly hardlinks: number;
  readonly specialFiles: number;
  /** Bytes of all files; a file with several hard links counts once. */
  readonly fileBytes: number;
  /** Files that have the content of another one, and the bytes that they take. */
  readonly copies: number;
  readonly copiedBytes: number;
}

export type EntryFlag =
  | 'setuid'
  | 'setgid'
  | 'capabilities'
  | 'dropped'
  | 'rewritten'
  | 'enabled'
  | 'dynamic'
  | 'static'
  | 'kernel-module'
  | 'script';

export interface EntryRow {
  readonly path: string;
  readonly kind: Entry['kind'];
  /** Four octal digits, as in the archive. */
  readonly mode: string;
  readonly uid: number;
  readonly gid: number;
  /** Bytes; null for what is no file. */
  readonly size: number | null;
  /** Of a link. */
  readonly target: string | null;
  /** Of a link that has to point elsewhere in the extension; null when it does not. */
  readonly newTarget: string | null;
  readonly to: string | null;
  readonly action: Exclude<MappingAction, 'create'>;
  readonly reason: string;
  readonly flags: readonly EntryFlag[];
  /** As getcap(8) writes them; null where there are none. */
  readonly capabilities: string | null;
}

export interface CreatedRow {
  readonly to: string;
  readonly reason: string;
}

export interface InspectedElf extends ElfFacts {
  readonly path: string;
  readonly role: ElfRole;
  readonly to: string | null;
  /** Who brings the interpreter; null without one. */
  readonly interpreterOrigin: Origin | null;
  /** Who brings each needed library, in the order of `needed`. */
  readonly libraries: readonly (Origin & { readonly name: string })[];
  readonly searchPaths: readonly SearchPath[];
  /** The user and the group as whom everybody runs it; null without the bit. */
  readonly setuid: number | null;
  readonly setgid: number | null;
  /** As in {@link EntryRow}. */
  readonly capabilities: string | null;
  /** Of a kernel module: the kernel's release and the options that must match. */
  readonly vermagic: string | null;
}

export interface ScriptRow extends Shebang {
  readonly path: string;
  readonly to: string | null;
  /** What really reads it: behind `env` the program that it looks up. */
  readonly program: string;
  readonly programOrigin: Origin;
}

export interface InspectedUnit {
  readonly path: string;
  readonly to: string;
  /** `service`, `socket`, …, or `drop-in`. */
  readonly type: string;
  /** What its `[Unit]` section names, before the conversion; keys without a word are left out. */
  readonly needs: readonly { readonly key: string; readonly units: readonly string[] }[];
  /** What starts it: drop-ins that the extension gets. An instance has a row of its own. */
  readonly startedBy: readonly EnabledRow[];
  /** Units of the image that require, want or trigger it. */
  readonly pulledInBy: readonly string[];
  /** What its `[Install]` section names, when nothing starts it. */
  readonly wantedBy: readonly string[];
  /** How many settings or lines change; `rewrites` has them. */
  readonly edits: number;
}

export interface ManifestReport {
  /** In the manifest's order. */
  readonly listed: readonly {
    readonly kind: AssetKind;
    readonly path: string;
    readonly present: boolean;
  }[];
  /** Assets by their place that Torcx was not told of, and which are active in an extension. */
  readonly unlisted: readonly { readonly kind: AssetKind; readonly path: string }[];
  readonly outclaimed: readonly OutclaimedAsset[];
}
