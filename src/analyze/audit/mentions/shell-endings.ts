import type { ShellCommand } from './shell-commands.ts';

/** How a script ends in a branch: as a failure, as if all were well, or not at all. */
export type Ending = 'failure' | 'quiet' | undefined;

/** Branches that complain and leave are short. */
const LONGEST_BODY = 11;
/** Commands that are looked through for the `else` of an `if`. */
const LONGEST_BRANCH = 60;

/** How what follows the operator behind a command ends: `|| exit 1`, `|| { echo …; exit 1; }`, `|| (…)`. */
export function endingBehind(commands: readonly ShellCommand[], index: number): Ending {
  const first = commands[index + 1];
  if (!first) return;
  const own = endingOf(first);
  const isGroup = first.keywords.includes('{');
  const isSubshell = first.words[0]?.text === '';
  if (own || (!isGroup && !isSubshell)) return own;
  for (const command of commands.slice(index + 2, index + 2 + LONGEST_BODY)) {
    if (isGroup ? command.keywords.includes('}') : command.depth <= first.depth) return;
    const ending = endingOf(command);
    if (ending) return ending;
  }
  return;
}

/** How the branch of an `if` ends that is taken where its condition, the command at `index`, is as it says. */
export function branchEnding(
  commands: readonly ShellCommand[],
  index: number,
  branch: 'then' | 'else',
): Ending {
  let depth = 0;
  let isOwn = false;
  for (const command of commands.slice(index + 1, index + 1 + LONGEST_BRANCH)) {
    for (const keyword of command.keywords) {
      if (depth === 0 && (isOwn ? /^(?:fi|else|elif)$/ : /^(?:fi|elif)$/).test(keyword)) return;
      if (keyword === branch && depth === 0) isOwn = true;
      if (keyword === 'if') depth += 1;
      if (keyword === 'fi') depth -= 1;
    }
    const ending = isOwn ? endingOf(command) : undefined;
    if (ending) return ending;
  }
  return;
}

function endingOf({ words }: ShellCommand): Ending {
  const [name = '', status] = words.map(({ text }) => text);
  if (/^(?:false|die|fatal|abort|fail)$/.test(name)) return 'failure';
  if (name !== 'exit' && name !== 'return') return;
  if (status !== '0') return 'failure';
  return name === 'exit' ? 'quiet' : undefined;
}
