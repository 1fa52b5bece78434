import type { EntryFlag, EntryRow } from '../convert/inspect-report.ts';
import type { Finding } from '../finding.ts';
import { flowingLines, hangingLines } from './hanging-lines.ts';
import { sizeText } from './size-text.ts';

/** What the letters in a listing mean, each in one word or two. */
export const FLAG_LEGEND =
  'D dynamic, S static, K kernel module, # script, s setuid, g setgid, c capabilities, R rewritten, U started at boot, X left out; E, W, I findings; -> link target, => path in the extension where it is another';

export const FLAG_LETTERS: Readonly<Record<EntryFlag, string>> = {
  dynamic: 'D',
  static: 'S',
  'kernel-module': 'K',
  script: '#',
  setuid: 's',
  setgid: 'g',
  capabilities: 'c',
  rewritten: 'R',
  enabled: 'U',
  dropped: 'X',
};

/** One entry as `ls -l` shows it, with its flags and where it goes. */
export function entryLines(entry: EntryRow, findings: readonly Finding[]): string[] {
  const letters = entry.flags.map(flag => FLAG_LETTERS[flag]).join('');
  const flags = [letters, findingMark(findings)].filter(part => part !== '').join(' ');
  const size = entry.size === null ? '' : sizeText(entry.size).replace(/ bytes?$/, ' B');
  const label = `${modeText(entry)}  ${size.padStart(10)}  ${flags.padEnd(6)} `;
  const { path, target, newTarget, to, reason } = entry;
  const lines = flowingLines(label, [
    path,
    ...(target === null ? [] : [`-> ${target}`]),
    ...(newTarget === null ? [] : [`now -> ${newTarget}`]),
    ...(to === null || to === path ? [] : [`=> ${to}`]),
  ]);
  // What goes is worth its reason, except a directory: those of its entries say it. Why the rest goes where it goes is in
  // the conversion's report.
  return to === null && entry.kind !== 'directory'
    ? [...lines, ...hangingLines(`${' '.repeat(label.length)}X `, reason)]
    : lines;
}

/** `W2`: the worst severity, and how many findings there are about the entry. */
function findingMark(findings: readonly Finding[]): string {
  const worst = (['error', 'warning', 'info'] as const).find(severity =>
    findings.some(found => found.severity === severity),
  );
  return worst === undefined ? '' : `${worst.charAt(0).toUpperCase()}${findings.length}`;
}

const KIND_LETTERS: Readonly<Record<EntryRow['kind'], string>> = {
  file: '-',
  hardlink: '-',
  directory: 'd',
  symlink: 'l',
  'char-device': 'c',
  'block-device': 'b',
  fifo: 'p',
  socket: 's',
};

/** `-rwsr-xr-x` */
export function modeText({ kind, mode }: EntryRow): string {
  const [special = 0, ...classes] = Array.from(mode, Number);
  const letters = classes.map((bits, index) => {
    const isSpecial = (special & (4 >> index)) !== 0;
    const runs = (bits & 1) !== 0;
    const mark = index === 2 ? 't' : 's';
    const last = isSpecial ? (runs ? mark : mark.toUpperCase()) : runs ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  });
  return `${KIND_LETTERS[kind]}${letters.join('')}`;
}
