import { type Finding, type FindingFix, finding, type RuleId } from '../../finding.ts';
import type { AuditedEntry } from './audited-tree.ts';
import { allDocuments } from './document.ts';
import { findingPlace } from './finding-place.ts';
import { IgnoreLedger } from './ignore-ledger.ts';
import type { Ignore } from './ignores.ts';
import { findMentions } from './mentions/find-mentions.ts';
import { mentionOwner } from './mentions/mention-owner.ts';
import { remarkFixes, wholeFix } from './remark-fixes.ts';
import { mentionObservation } from './rules/mention-observation.ts';
import type { AuditRule, Remark, Subject } from './subject.ts';

export interface JudgeOptions {
  readonly rules: ReadonlyMap<RuleId, AuditRule>;
  readonly useIgnores: boolean;
  /** Whether an ignore that silences nothing is a finding. */
  readonly judgesIgnores: boolean;
}

export interface JudgedEntry {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** What the rules say of one entry and of everything that is embedded in it. */
export function judgeEntry(
  entry: AuditedEntry,
  { rules, useIgnores, judgesIgnores }: JudgeOptions,
): JudgedEntry {
  const ledger = new IgnoreLedger(useIgnores ? entry.document : undefined);
  const subjects = subjectsOf(entry);
  const open: Remark[] = [];
  const suppressed: { finding: Finding; reason: string }[] = [];
  for (const remark of subjects.flatMap(subject => remarksOn(subject, rules))) {
    const ignore = ledger.silencing(remark);
    if (!ignore) open.push(remark);
    else suppressed.push({ finding: toFinding(remark, wholeFix(remark)), reason: ignore.reason });
  }
  const fixOf = remarkFixes({ root: entry.document, subjects, remarks: open });
  const findings = unique(open.map(remark => toFinding(remark, fixOf(remark))));
  const unused = judgesIgnores ? ledger.unused() : [];
  return {
    findings: [...findings, ...unused.map(ignore => unusedFinding(entry, ignore))],
    suppressed,
  };
}

function subjectsOf({ provisioned, document, ...entry }: AuditedEntry): Subject[] {
  const { path, diskPath, node, size } = entry;
  if (!document) return [{ ...entry, mentions: [] }];
  return [...allDocuments(document)].map(part => {
    const own = part.parent || part.files.length > 0 ? provisioned : node;
    const surroundings = own.units.surroundings(part);
    return {
      path,
      nodePath: part.nodePath,
      diskPath,
      node: own,
      document: part,
      mentions: findMentions(part, surroundings),
      ...(size !== undefined && !part.parent && { size }),
    };
  });
}

function remarksOn(subject: Subject, rules: JudgeOptions['rules']): readonly Remark[] {
  const remarks: Remark[] = [];
  for (const { id, check } of rules.values()) {
    for (const observation of check?.(subject) ?? []) {
      remarks.push({ ruleId: id, observation, subject });
    }
  }
  // A copy of a unit or wrapper of Torcx goes as a whole: nothing in it is worth a word of its own.
  const copy = remarks.filter(({ ruleId }) => ruleId === 'TX307');
  if (copy.length > 0) return copy;
  for (const mention of subject.mentions) {
    if (mention.strength === 'inert') continue;
    const ruleId = mentionOwner(mention);
    const remark = rules.get(ruleId)?.mention?.(mention, subject);
    if (remark) remarks.push({ ruleId, observation: mentionObservation(mention, remark), subject });
  }
  return remarks;
}

function toFinding({ ruleId, observation, subject }: Remark, fix: FindingFix | undefined): Finding {
  const { severity, message } = observation;
  return finding(ruleId, {
    path: subject.path,
    ...(severity && { severity }),
    ...findingPlace(subject.document, observation),
    message,
    ...(fix && { fix }),
  });
}

function unusedFinding({ path }: AuditedEntry, { document, line, rules }: Ignore): Finding {
  return finding('TX901', {
    path,
    ...findingPlace(document, { start: document.lines.start(line) }),
    message: `ignore[${rules.join(', ')}] silences nothing`,
  });
}

/** A line that says the same thing twice, as a mount does, is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId, line, severity, message, embedded }) => {
    const key = `${ruleId}\0${line}\0${embedded?.path}\0${embedded?.line}\0${severity}\0${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
