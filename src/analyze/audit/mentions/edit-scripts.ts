/**
 * Whether a script of sed or perl puts what follows `lead` into a text: the second half of `s/A/B/`, or the lines of
 * `a`, `i` and `c`. What it only looks for is gone from most texts by now.
 * @param lead the script up to the place in question, without the quote that opens it
 */
export function isInserted(lead: string): boolean {
  return ADDED_LINES.test(lead) || isReplacement(lead);
}

/** Behind an address, which is a pattern, a number or the last line. */
const ADDED_LINES = /(?:^|[/\d$;}])[ \t]*[aic](?:\\\n?|[ \t])[ \t]*[^\n]*$/;

/** `s` and its delimiter where a command may begin. */
const SUBSTITUTION = /(?<![\w\\])s([^\w\s\\])/g;

function isReplacement(lead: string): boolean {
  SUBSTITUTION.lastIndex = 0;
  for (let hit = SUBSTITUTION.exec(lead); hit; hit = SUBSTITUTION.exec(lead)) {
    const delimiter = hit[1] ?? '';
    const behindPattern = behindDelimiter(lead, SUBSTITUTION.lastIndex, delimiter);
    if (behindPattern === undefined) return false;
    const behindBoth = behindDelimiter(lead, behindPattern, delimiter);
    if (behindBoth === undefined) return true;
    SUBSTITUTION.lastIndex = behindBoth;
  }
  return false;
}

/** Undefined when the text ends before the delimiter comes. */
function behindDelimiter(text: string, from: number, delimiter: string): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === delimiter) return at + 1;
  }
  return;
}
