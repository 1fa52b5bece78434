/** A word of a shell command; offsets count in the script. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  /** Without its quotes, as far as they are simple. */
  readonly text: string;
}

/** A simple command, or as much of a compound one as stands between two separators. */
export interface ShellCommand {
  readonly start: number;
  readonly end: number;
  readonly words: readonly ShellWord[];
  /** `if`, `then`, `!` and the like before it, in their order. */
  readonly keywords: readonly string[];
  /** What ends it: `&&`, `||`, `|`, `)`, …; a line's end is `\n`. */
  readonly separator: string;
  /** Nesting in `$(…)`, `(…)` and backticks. */
  readonly depth: number;
  /** The function whose body comes next. */
  readonly declares?: string;
  /** A `case` pattern, closed by a parenthesis that nothing opened. */
  readonly isPattern: boolean;
}

/**
 * Takes a script apart into its commands, as far as an audit needs it: quotes, nesting and separators are understood,
 * nothing is expanded. One pass, whatever the text holds.
 */
export function shellCommands(script: string): ShellCommand[] {
  return new CommandReader(script).read();
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'esac',
  '!',
  '{',
  '}',
  'time',
]);

const SEPARATORS: ReadonlySet<string> = new Set(['\n', ';', '&', '|']);

interface Level {
  readonly closing: '' | ')' | '`';
  start: number;
  words: ShellWord[];
  keywords: string[];
  /** Where the word that is being read begins. */
  wordStart: number;
  wordText: string;
  /** The nesting began inside double quotes, and returns there. */
  readonly inQuotes: boolean;
}

class CommandReader {
  readonly #script: string;
  readonly #commands: ShellCommand[] = [];
  readonly #levels: Level[];
  #at = 0;
  #inQuotes = false;

  constructor(script: string) {
    this.#script = script;
    this.#levels = [newLevel('', 0, false)];
  }

  read(): ShellCommand[] {
    while (this.#at < this.#script.length) this.#step();
    while (this.#levels.length > 0) {
      this.#endCommand('\n', false);
      this.#levels.pop();
    }
    return this.#commands.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  get #level(): Level {
    return this.#levels.at(-1) ?? newLevel('', this.#at, false);
  }

  #step(): void {
    const character = this.#script.charAt(this.#at);
    const next = this.#script.charAt(this.#at + 1);
    if (character === '\\') this.#readEscape(next);
    else if (character === '$' && next === '(') this.#open(')', 2);
    else if (character === '`') this.#readBacktick();
    else if (character === '"') {
      this.#inQuotes = !this.#inQuotes;
      this.#take('', 1);
    } else if (this.#inQuotes) this.#take(character, 1);
    else if (character === "'") this.#takeSingleQuoted();
    else this.#stepUnquoted(character, next);
  }

  /** A line break that is escaped joins what it stands in, and is no word of its own. */
  #readEscape(next: string): void {
    const isBreak = next === '\n' || (next === '\r' && this.#script.charAt(this.#at + 2) === '\n');
    const length = isBreak && next === '\r' ? 3 : 2;
    if (isBreak && this.#level.wordStart < 0) this.#at += length;
    else this.#take(isBreak ? '' : next, length);
  }

  #readBacktick(): void {
    if (this.#level.closing === '`') this.#close();
    else this.#open('`', 1);
  }

  #takeSingleQuoted(): void {
    const end = this.#script.indexOf("'", this.#at + 1);
    const stop = end < 0 ? this.#script.length : end;
    this.#take(this.#script.slice(this.#at + 1, stop), stop + 1 - this.#at);
  }

  #stepUnquoted(character: string, next: string): void {
    if (character === '#' && this.#level.wordStart < 0) this.#skipComment();
    else if (character === ' ' || character === '\t' || character === '\r') {
      this.#endWord();
      this.#at += 1;
    } else if (SEPARATORS.has(character)) this.#readSeparator(character, next);
    else if (character === '(') this.#open(')', 1);
    else if (character === ')') this.#close();
    else if (character === '>' || character === '<') this.#takeRedirection();
    else this.#take(character, 1);
  }

  #skipComment(): void {
    const end = this.#script.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#script.length : end;
  }

  #readSeparator(character: string, next: string): void {
    const before = this.#script.charAt(this.#at - 1);
    // `2>&1` and `&>file` redirect.
    if (character === '&' && (before === '>' || before === '<' || next === '>')) {
      this.#take('&', 1);
      return;
    }
    const length = next === character && character !== '\n' ? 2 : 1;
    this.#endCommand(character.repeat(length), false);
    this.#at += length;
    this.#level.start = this.#at;
  }

  #takeRedirection(): void {
    if (!/^\d?$/.test(this.#level.wordText)) this.#endWord();
    while (/[<>]/.test(this.#script.charAt(this.#at))) this.#take(this.#script.charAt(this.#at), 1);
    if (this.#script.charAt(this.#at) !== '&') this.#endWord();
  }

  #take(text: string, length: number): void {
    const level = this.#level;
    if (level.wordStart < 0) level.wordStart = this.#at;
    level.wordText += text;
    this.#at += length;
  }

  #open(closing: ')' | '`', length: number): void {
    const level = this.#level;
    if (level.wordStart < 0) level.wordStart = this.#at;
    this.#at += length;
    this.#levels.push(newLevel(closing, this.#at, this.#inQuotes));
    this.#inQuotes = false;
  }

  #close(): void {
    const level = this.#level;
    if (level.closing === '') {
      this.#endCommand(')', true);
      this.#at += 1;
      level.start = this.#at;
      return;
    }
    this.#endCommand(')', false);
    this.#levels.pop();
    this.#inQuotes = level.inQuotes;
    this.#at += 1;
  }

  #endWord(): void {
    const level = this.#level;
    if (level.wordStart < 0) return;
    const { wordStart: start, wordText: text } = level;
    level.wordStart = -1;
    level.wordText = '';
    const declared = text === '{' ? declaredFunction(this.#script, level, start) : undefined;
    if (declared !== undefined) this.#endHeader(declared, start);
    else if (level.words.length === 0 && KEYWORDS.has(text)) level.keywords.push(text);
    else level.words.push({ start, end: this.#at, text });
  }

  /** What stands before the brace of a function is a command of its own to whoever reads them. */
  #endHeader(declares: string, end: number): void {
    const level = this.#level;
    const { start, words, keywords } = level;
    const depth = this.#levels.length - 1;
    const separator = '\n';
    this.#commands.push({
      start,
      end,
      words,
      keywords,
      separator,
      depth,
      isPattern: false,
      declares,
    });
    level.start = end;
    level.words = [];
    level.keywords = ['{'];
  }

  #endCommand(separator: string, isPattern: boolean): void {
    this.#endWord();
    const level = this.#level;
    const { start, words, keywords } = level;
    if (words.length > 0 || keywords.length > 0) {
      const depth = this.#levels.length - 1;
      this.#commands.push({ start, end: this.#at, words, keywords, separator, depth, isPattern });
    }
    level.words = [];
    level.keywords = [];
  }
}

/** The name in `name() {` and `function name {`, as far as they are on one line. */
function declaredFunction(script: string, { words }: Level, brace: number): string | undefined {
  const first = words[0];
  if (!first || brace - first.start > LONGEST_HEADER) return;
  const header = script.slice(first.start, brace);
  return /^(?:function\s+)?([\w.-]+)\s*(?:\(\s*\)\s*|(?<=^function\s+[\w.-]+)\s+)$/.exec(
    header,
  )?.[1];
}

const LONGEST_HEADER = 200;

function newLevel(closing: Level['closing'], start: number, inQuotes: boolean): Level {
  return { closing, start, words: [], keywords: [], wordStart: -1, wordText: '', inQuotes };
}
