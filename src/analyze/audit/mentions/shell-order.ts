import type { ShellCommand } from './shell-commands.ts';

/** Which commands of a script run in the order in which they stand. */
export interface ShellOrder {
  /** It runs once, whatever the commands before it did. */
  isCertain(command: ShellCommand): boolean;
  /** It stands in a loop or a function, and may run before what is above it and after what is below it. */
  isRepeated(command: ShellCommand): boolean;
}

export function shellOrder(commands: readonly ShellCommand[]): ShellOrder {
  const certain = new Set<ShellCommand>();
  const repeated = new Set<ShellCommand>();
  const blocks = new Blocks();
  let before = '';
  for (const command of commands) {
    blocks.read(command);
    if (blocks.isRepeated) repeated.add(command);
    const { separator, depth, isPattern } = command;
    const isAlone = !blocks.isInside && depth === 0 && !isPattern;
    if (isAlone && !CONTINUES.has(before) && separator !== '|' && separator !== '&')
      certain.add(command);
    if (depth === 0) before = separator;
  }
  return {
    isCertain: command => certain.has(command),
    isRepeated: command => repeated.has(command),
  };
}

const CONTINUES: ReadonlySet<string> = new Set(['&&', '||', '|']);
const CLOSES: ReadonlySet<string> = new Set(['fi', 'done', 'esac', '}']);

/** What is open where a command stands; braces are taken for those of a function. */
class Blocks {
  readonly #open: ('branch' | 'repeated')[] = [];
  #repeated = 0;

  get isInside(): boolean {
    return this.#open.length > 0;
  }

  get isRepeated(): boolean {
    return this.#repeated > 0;
  }

  read({ keywords, words }: ShellCommand): void {
    for (const keyword of keywords) {
      if (CLOSES.has(keyword)) this.#close();
      if (keyword === 'if') this.#push('branch');
      if (/^(?:while|until|\{)$/.test(keyword)) this.#push('repeated');
    }
    const first = words[0]?.text ?? '';
    if (first === 'case') this.#push('branch');
    if (/^(?:for|select)$/.test(first)) this.#push('repeated');
    if (words.some(({ text }) => text === '{')) this.#push('repeated');
  }

  #push(kind: 'branch' | 'repeated'): void {
    this.#open.push(kind);
    if (kind === 'repeated') this.#repeated += 1;
  }

  #close(): void {
    if (this.#open.pop() === 'repeated') this.#repeated -= 1;
  }
}
