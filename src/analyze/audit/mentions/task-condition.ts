/**
 * What a condition of Ansible (`when:`) asks for: that something of Torcx is there, that it is not, or neither for
 * certain. A list of conditions is asked with `and`.
 * @param isAnswer whether a variable holds the answer of a look at something of Torcx
 */
export function askedByCondition(
  condition: string,
  isAnswer: (variable: string) => boolean,
): 'present' | 'absent' | undefined {
  if (condition.length > LONGEST_CONDITION) return;
  const text = unwrapped(condition);
  if (/\sor\s/.test(text)) return;
  const answers = text.split(/\s+and\s+/).map(part => askedByTerm(part, isAnswer));
  return answers.find(answer => answer !== undefined);
}

/** Nobody writes a longer one, and the patterns below would take their time with it. */
const LONGEST_CONDITION = 1000;

function askedByTerm(term: string, isAnswer: (variable: string) => boolean) {
  const [, negation = '', rest = ''] = /^(not\s+)?(.*)$/s.exec(unwrapped(term)) ?? [];
  const [, variable = '', test = ''] = /^\(?\s*([A-Za-z_]\w*)(.*)$/s.exec(rest) ?? [];
  const isNegated = (negation !== '') !== turnsAnswer(isAnswer(variable) ? test : rest);
  if (!isAnswer(variable) && !LOOKS_UP.test(rest)) return;
  return isNegated ? 'absent' : 'present';
}

/** `'torcx.target' in services`, `env.TORCX_BINDIR is defined`: the condition names Torcx itself. */
const LOOKS_UP = /(?:torcx|TORCX_).*(?:\sin\s|\bis\s+(?:not\s+)?defined\b)/s;

/** Whether what follows a variable turns a yes into a no. */
function turnsAnswer(test: string): boolean {
  return TURNS.filter(pattern => pattern.test(test)).length % 2 === 1;
}

const TURNS: readonly RegExp[] = [
  /\.failed\b|\bis\s+(?:not\s+)?(?:failed|failure|undefined|skipped)\b/,
  /\bis\s+not\b|\snot\s+in\s/,
  /(?:==|\bis|\bsameas)\s*(?:false|no)\b/i,
  /!=\s*true\b/i,
  /\brc\s*!=\s*0/,
  /(?:matched|length|count)\s*(?:\|\s*int\s*)?(?:==\s*0|<\s*1)/,
  /==\s*(?:""|'')/,
];

function unwrapped(condition: string): string {
  const text = condition.trim().replace(/^\{\{-?\s*(.*?)\s*-?\}\}$/s, '$1');
  return text.replace(/^\(([^()]*)\)$/s, '$1').trim();
}
