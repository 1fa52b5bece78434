import type { ElfFacts } from '../analyze/elf.ts';
import type { Finding } from '../finding.ts';
import type { ImageFormat, ImageMaker } from '../image-format.ts';
import type { LineEdit } from '../rewrite/text-edit.ts';

/** What was done and what the user has to do next, whatever the image was made of. */
export type ImageReport = ConvertReport | DockerReport | BakeReport;

/** A conversion's. */
export interface ConvertReport extends ReportBody {
  readonly mode: 'convert';
  readonly input: ReportInput;
}

/** That of an image of Docker's static release. */
export interface DockerReport extends ReportBody {
  readonly mode: 'docker';
  readonly input: DockerInput;
}

/** Of an extension that is made of a directory tree. */
export interface BakeReport extends ReportBody {
  readonly mode: 'bake';
  readonly input: TreeInput;
}

/**
 * What the reports of all images have, as plain data: the JSON report is this object, the other formats are views of
 * it. It holds no time, no host name and no directory, so that a repeat is byte-identical.
 */
export interface ReportBody {
  readonly schemaVersion: '1.0';
  /** False when something could not be read; what is reported is true all the same. */
  readonly complete: boolean;
  readonly exitCode: number;
  readonly tool: { readonly name: 'torcx2sysext'; readonly version: string };
  readonly output: ReportOutput;
  /** Arguments that make the same image again, the program's name first. */
  readonly command: readonly string[];
  readonly summary: ReportSummary;
  /** Every entry of what it was made of and every created file, sorted by destination. */
  readonly mapping: readonly MappingRow[];
  readonly elf: readonly ElfRow[];
  readonly units: readonly UnitRow[];
  readonly enabled: readonly EnabledRow[];
  readonly notEnabled: readonly NotEnabledRow[];
  readonly dropped: readonly DroppedRow[];
  readonly findings: readonly Finding[];
}

export interface ReportInput {
  /** The file's name without its directory; `-` for standard input. */
  readonly path: string;
  /** Torcx's name and reference of the image, from the file name. */
  readonly name: string;
  readonly reference: string;
  readonly format: string;
  /** Bytes of the archive as it was read. */
  readonly size: number;
  readonly sha256: string;
  readonly entries: number;
  readonly hasManifest: boolean;
}

export interface DockerInput {
  /** The archive's name without its directory; `-` for standard input. */
  readonly path: string;
  /** Where it was downloaded from, and as which version; absent for a file. */
  readonly url?: string;
  readonly version?: string;
  /** What of it the image holds: `docker`, `containerd`. */
  readonly parts: readonly string[];
  readonly format: string;
  /** Bytes of the archive as it was read. */
  readonly size: number;
  readonly sha256: string;
  readonly entries: number;
}

export interface TreeInput {
  /** The directory's name without what it lies in. */
  readonly path: string;
  readonly format: 'directory';
  readonly entries: number;
  /** Bytes of all files, hard links once. */
  readonly size: number;
}

export interface ReportOutput {
  /** The image's name for systemd: NAME of NAME.raw. */
  readonly name: string;
  /** The file's name without its directory. */
  readonly path: string;
  readonly format: ImageFormat;
  /** Absent for a dry run, which makes no image. */
  readonly size?: number;
  readonly sha256?: string;
  /** The program of the file system that made the image, where it is not this one. */
  readonly maker?: ImageMaker;
  readonly compression?: string;
  readonly blockSize?: number;
  readonly sourceDateEpoch: number;
  /** Of the image, as its file name has it. */
  readonly version?: string;
  /** The list of checksums beside the image that has it. */
  readonly sums?: string;
  /** How systemd-sysupdate gets it. */
  readonly sysupdate?: {
    /** Of the directory that the image and the list are to be served from. */
    readonly url: string;
    /** Transfer files beside the image: for systemd up to 256, and from 257 on. */
    readonly files: readonly string[];
  };
  readonly extensionRelease: {
    readonly path: string;
    readonly fields: Readonly<Record<string, string>>;
  };
}

export interface ReportSummary {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly suppressed: number;
  readonly fixable: number;
}

export type MappingAction = 'copy' | 'rewrite' | 'create' | 'drop';

export interface MappingRow {
  readonly from: string | null;
  readonly to: string | null;
  readonly action: MappingAction;
  readonly reason: string;
}

export interface ElfRow extends ElfFacts {
  /** Path in the extension. */
  readonly path: string;
}

export interface UnitRow {
  /** Path in the extension. */
  readonly path: string;
  /** Path in the archive; null for a file that the conversion made. */
  readonly from: string | null;
  readonly edits: readonly LineEdit[];
  /** Unified diff, empty when the unit is unchanged. */
  readonly diff: string;
}

export interface EnabledRow {
  readonly unit: string;
  /** The unit that upholds it, `sockets.target`. */
  readonly upheldBy: string;
  /** Path of the drop-in in the extension. */
  readonly dropIn: string;
  readonly reason: string;
}

export interface NotEnabledRow {
  readonly unit: string;
  /** Targets that its `[Install]` section names. */
  readonly wantedBy: readonly string[];
}

export interface DroppedRow {
  readonly path: string;
  readonly reason: string;
}
