import type { Severity } from '../../../finding.ts';
import { isOptionalCommand } from '../mentions/unit-mentions.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';
import { removeCommand } from './commands.ts';

/** Torcx's own program, and tools that only served it. */
export const torcxCommand: AuditRule = {
  id: 'TX303',
  *check(subject) {
    const { document } = subject;
    if (document?.kind === 'shell' || document?.kind === 'crontab')
      yield* commands(subject, SCRIPT_LINE);
    if (document?.unit) yield* commands(subject, UNIT_LINE);
    const { target } = subject;
    if (target !== undefined && PROGRAM.test(target)) {
      yield { message: `${target} does not exist any more`, manual: removeCommand(subject) };
    }
  },
};

const PROGRAM = /^\/usr\/(?:lib(?:64)?\/(?:coreos|flatcar)|s?bin)\/torcx(?:-\w+)?$/;
const COMMAND =
  /(?<![\w./-])(?:\/usr\/(?:lib(?:64)?\/(?:coreos|flatcar)|s?bin)\/torcx(?:-\w+)*|torcx(?=\s+(?:profile|image|config|apply|--?\w))|(?:[\w./-]*\/)?tectonic-torcx-bootstrap|--torcx-[\w-]+|torcx-(?:profile-populate|generator)(?:\.service)?)(?![\w/])/g;
/** Not in comments, and not where a line only says something or searches for it. */
const SCRIPT_LINE =
  /^(?![ \t]*(?:#|(?:echo|printf|logger|log|warn|info|die|error)\b(?!.*\$\()|.*\b(?:grep|sed|rm)\s)).*$/gm;
const UNIT_LINE = /^(?![ \t]*(?:[#;]|Description|Documentation|SyslogIdentifier)).*$/gm;
/** No one writes a longer command line. */
const LONGEST_LINE = 20_000;

function* commands({ document }: Subject, lines: RegExp): Generator<Observation> {
  if (!document?.text.includes('torcx')) return;
  for (const line of document.text.matchAll(lines)) {
    if (line[0].length > LONGEST_LINE || !line[0].includes('torcx')) continue;
    if (document.embedded.has(line.index)) continue;
    for (const match of line[0].matchAll(COMMAND)) {
      const start = line.index + match.index;
      yield {
        start,
        end: start + match[0].length,
        severity: severityIn(line[0], document.unit !== undefined),
        message: `${match[0]} belongs to Torcx and is gone`,
        manual: 'remove the unit or the command',
      };
    }
  }
}

function severityIn(line: string, isUnit: boolean): Severity {
  if (!isUnit) return CLEAN_UP.test(line) ? 'info' : 'error';
  return isWeakSetting(line) ? 'warning' : 'error';
}

/** systemd minds no unit that is masked or stopped, and does not exist. */
const CLEAN_UP = /\bsystemctl\s+(?:-\S+\s+)*(?:mask|unmask|disable|stop|reset-failed)\s/;

/** What a unit starts and runs without. */
function isWeakSetting(line: string): boolean {
  const [, key = '', value = ''] = /^\s*(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
  return (
    /^(?:After|Before|Wants|PartOf|Conflicts|WantedBy)$/.test(key) ||
    isOptionalCommand({ key, value })
  );
}
