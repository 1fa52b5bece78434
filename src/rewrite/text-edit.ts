/** Replaces the characters from `start` up to `end` of a text by `text`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One setting or line that changed. */
export interface LineEdit {
  /** First line in the text as it was, from 1. */
  readonly line: number;
  /** Without the final line end; a setting on several lines is one edit. */
  readonly before: string;
  /** Absent: the line is gone. */
  readonly after?: string;
  readonly because: string;
}

/** @throws RangeError when edits overlap or reach beyond the text */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const fits = edit.start >= done && edit.end >= edit.start && edit.end <= text.length;
    if (!fits) throw new RangeError(`edit ${edit.start}…${edit.end} overlaps another or the end`);
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}
