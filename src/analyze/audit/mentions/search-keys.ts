/**
 * Whether the text before a reference ends in a query or pattern: what Prometheus, osquery and Falco ask for, Ansible
 * looks for, and shippers of logs and metrics leave out. Nothing on a node fails because it is not found.
 */
export function isSearched(before: string): boolean {
  return (
    OPEN_VALUE.test(before) || LEAVES_OUT.test(before) || /\bregexp=["']?[^\s"']*$/.test(before)
  );
}

/** `--skip-dirs=/run/…` */
const LEAVES_OUT = /--(?:skip|exclude|ignore)[\w-]*[= ][^\s"']*$/;

const KEY = `["']?(?:${[
  'expr|query|promql|condition',
  'reg_?exp?|regex|pattern|search_string',
  '(?:exclude|ignore|drop)_?\\w*',
].join('|')})["']?\\s*[:=]\\s*`;
const LINE_START = '^\\s*(?:-\\s+)?';
const QUOTED = `(?:\\[[^\\]]*|"(?:[^"\\\\]|\\\\.)*|'[^']*)`;

/** A value that has not ended yet: a quoted one or a list anywhere, any other to the end of its line. */
const OPEN_VALUE = new RegExp(
  `(?:${LINE_START}|[{,]\\s*)${KEY}${QUOTED}$|${LINE_START}${KEY}(?:[^"'\\s{[].*)?$`,
);
