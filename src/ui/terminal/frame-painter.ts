export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Knows what the screen shows, and what has to be written so that it shows something else. */
export class FramePainter {
  #shown: readonly string[] = [];

  /**
   * The control sequences that put a frame on the screen; empty when it is there already. Every line that changed is
   * written at its own place, so nothing that else happened to the cursor can shift it.
   * @param frame lines with colours; those that don't fit into the rows are left out
   */
  paint(frame: string, { rows }: ScreenSize): string {
    const lines = frame.split('\n').slice(0, rows);
    const changes = Array.from({ length: Math.max(lines.length, this.#shown.length) }, (_, row) =>
      lines[row] === this.#shown[row] ? '' : lineText(row, lines[row] ?? ''),
    ).join('');
    this.#shown = lines;
    return changes === '' ? '' : BEGIN_UPDATE + changes + END_UPDATE;
  }

  /** The screen is empty now. */
  forget(): void {
    this.#shown = [];
  }
}

/** Terminals that know synchronized output (DEC mode 2026) show all changes at once; the others ignore it. */
const BEGIN_UPDATE = '\u001b[?2026h';
const END_UPDATE = '\u001b[?2026l';

/** Erased before it is written: behind a full line the cursor still stands on the last character, and would take it. */
function lineText(row: number, line: string): string {
  return `\u001b[${row + 1};1H\u001b[0m\u001b[K${line}`;
}
