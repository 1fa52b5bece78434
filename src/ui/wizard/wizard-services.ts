import type { Answers } from '../../command-line/answers.ts';
import type { AnswerCheck } from '../../command-line/parse-answers.ts';
import type { ConvertReport, ImageReport } from '../../convert/report.ts';
import type { TorcxIdentity } from '../../extension-name.ts';
import type { PipelineEvent } from '../../pipeline-event.ts';

/** What a dialogue about a conversion needs from the program around it, on screens or line by line. */
export interface WizardServices {
  /** What the command line would say of the answers. */
  check(answers: Answers): AnswerCheck;
  /** The words of the command that says the same. */
  command(answers: Answers): readonly string[];
  /** Where `~` leads, if that is known. */
  readonly home?: string;
  /**
   * Directories first.
   * @throws ToolError `input-unreadable`
   */
  listDirectory(path: string): Promise<readonly ListedEntry[]>;
  /** The images that this node's stores have, those that it uses first. */
  listStores(): Promise<StoreListing>;
  /**
   * Everything that would happen, without writing anything. Reads the archive when it is another one than before.
   * @throws ToolError for answers that make no sense and archives that cannot be read or converted
   */
  review(answers: Answers, watcher: WizardWatcher): Promise<Review>;
  /**
   * Converts; what is cancelled leaves nothing behind.
   * @throws ToolError as `review`, and for what cannot be written
   */
  convert(answers: Answers, watcher: WizardWatcher): Promise<WrittenResult>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

export interface WizardWatcher {
  onEvent(event: PipelineEvent): void;
  /** Its reason ends the work. */
  readonly signal?: AbortSignal;
}

export interface ListedEntry {
  readonly name: string;
  /** `image`: called as Torcx called its images; `archive`: may be one; `file`: anything else. */
  readonly kind: 'directory' | 'image' | 'archive' | 'file';
  /** Bytes, of a file. */
  readonly size?: number;
}

export interface StoreListing {
  readonly offers: readonly StoreOffer[];
  /** What of the stores and profiles could not be read, a sentence each. */
  readonly problems: readonly string[];
}

export interface StoreOffer {
  readonly image: TorcxIdentity;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** `running`: unpacked at this boot; `selected`: at the next one; `stored`: no profile wants it. */
  readonly use: 'running' | 'selected' | 'stored';
}

/** What the report of the conversion would say, and what is on the disk already. */
export interface Review {
  readonly report: ConvertReport;
  /** In the order in which they are written. */
  readonly files: readonly ReviewedFile[];
  /** Why it could not be written as things stand. */
  readonly obstacle?: Obstacle;
}

export interface Obstacle {
  readonly what: string;
  readonly hint?: string;
  /** It is a file that only has to be allowed to go. */
  readonly isReplaceable: boolean;
}

export interface ReviewedFile {
  readonly path: string;
  readonly fate: FileFate;
  /** Of the file that has the name now. */
  readonly existing?: { readonly size: number; readonly mtime: Date };
}

/** `updated`: all it holds stays in it; `kept`: is there and stays as it is; `obstacle`: has to be allowed to go first. */
export type FileFate = 'new' | 'replaced' | 'updated' | 'kept' | 'obstacle';

export interface WrittenResult {
  readonly report: ImageReport;
  /** In the order in which they were written. */
  readonly written: readonly WrittenFile[];
  /** The report in Markdown. */
  readonly page: string;
  readonly notes: readonly string[];
}

export interface WrittenFile {
  /** As the user would name it. */
  readonly path: string;
  /** Bytes; absent for a directory. */
  readonly size?: number;
}
