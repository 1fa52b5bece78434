/** The value of a variable or setting up to a reference. */
interface Lead {
  /** What the value is given to, as far as it has a name. */
  readonly name?: string;
  /** Without the quote that opens the value. */
  readonly before: string;
}

/** Whether words for people come before a path, so that it is only spoken of. */
export function isSentence({ name = '', before }: Lead): boolean {
  if (/[=;|&`$<>{}[\]]|(?:^|\s)--?\w/.test(before)) return false;
  if (MESSAGE_NAME.test(name) && /\w\W*\s/.test(before)) return true;
  return SENTENCE.test(before);
}

/** `MSG`, `ERROR_MESSAGE`, `note2`. */
const MESSAGE_NAME =
  /(?:^|_)(?:msg|messages?|notes?|notice|hint|help|desc|description|title|comment|reason|banner|text|warning|usage|summary|motd)\d*$/i;

/** No command has one of these words between its name and the path. */
const SENTENCE =
  /(?:^|[\s"'(,])(?:the|is|are|in|on|from|not|at|of|no|has|have|had|was|were|missing|found|see|old|under|below)\s+[^/]*$/i;
