/** A text that a release of Docker does not bring and an extension needs. */
export interface ReleaseFile {
  /** Path in the extension. */
  readonly path: string;
  readonly text: string;
  /** What it is for, for the report. */
  readonly because: string;
}
