import { partitionPoint } from '../../partition-point.ts';
/** Turns offsets of a text into lines and back. Lines count from 1 and end with `\n`, as editors and `patch` have it. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (at + 1 < text.length) this.#starts.push(at + 1);
    }
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The line that `offset` lies on; an offset behind the text lies on the last one. */
  lineAt(offset: number): number {
    const starts = this.#starts;
    return 1 + partitionPoint(starts.length - 1, index => (starts[index + 1] ?? 0) <= offset);
  }

  start(line: number): number {
    return this.#starts[line - 1] ?? this.#length;
  }

  /** Behind the line's end. */
  end(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** In UTF-16 units, from 1. */
  columnAt(offset: number): number {
    return offset - this.start(this.lineAt(offset)) + 1;
  }
}
