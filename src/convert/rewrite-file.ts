import { allSettings, parseUnitFile } from '../analyze/unit-file.ts';
import { type Finding, finding } from '../finding.ts';
import type { Rewrite, RewriteContext } from '../rewrite/rewrite-context.ts';
import { rewriteText } from '../rewrite/rewrite-text.ts';
import { rewriteUnit } from '../rewrite/rewrite-unit.ts';
import { UNIT_SECTION } from '../rewrite/script-lines.ts';
import type { LineEdit } from '../rewrite/text-edit.ts';
import { unifiedDiff } from '../rewrite/unified-diff.ts';
import { environmentConstants } from '../rewrite/unit-scope.ts';
import type { PathMap } from './path-map.ts';

/** A text file of the image on its way. */
export interface TextFile {
  /** In the archive and in the extension. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** The text of the unit, for a drop-in. */
  readonly unit?: string | undefined;
}

/** What has become of it. */
export interface FileRewrite {
  readonly from: string;
  readonly to: string;
  readonly isUnit: boolean;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly LineEdit[];
  /** Unified diff under the name that the file has in the extension. */
  readonly diff: string;
  readonly findings: readonly Finding[];
}

/** Directories whose files systemd or one of its tools reads as unit files. */
const UNIT_DIRECTORIES = /^usr\/lib\/systemd\/(system|user|network)\//;
const UNIT_FILE =
  /\.(service|socket|target|mount|automount|swap|timer|path|slice|scope|network|netdev|link)$|\.d\/[^/]+\.conf$/;

/** True for a path in the extension that systemd parses as a unit, a drop-in or a file of the same syntax. */
export function isUnitFile(to: string): boolean {
  return UNIT_DIRECTORIES.test(to) && UNIT_FILE.test(to);
}

/** A unit that lies somewhere else, because a link leads to it or a script installs it. */
function isUnitElsewhere(to: string, text: string): boolean {
  return UNIT_FILE.test(to) && text.split('\n').some(line => UNIT_SECTION.test(line));
}

/** True for settings that systemd's tools read: they want mode 0644 and warn of any other. */
export function isSystemdSettings(to: string): boolean {
  return (
    UNIT_DIRECTORIES.test(to) || /^usr\/lib\/(tmpfiles\.d|sysusers\.d|udev\/rules\.d)\//.test(to)
  );
}

/** Rewrites every reference to Torcx in a text file; a reference that is left is a finding. */
export function rewriteFile(file: TextFile, map: PathMap, imageName: string): FileRewrite {
  const { from, to, text } = file;
  const isUnit = isUnitFile(to) || isUnitElsewhere(to, text);
  const context: RewriteContext = {
    imageName,
    mapPath: path => map.finalPath(path),
    mapBin: name => map.finalBin(name),
    environment: variablesOf(file.unit),
  };
  const rewrite = isUnit
    ? rewriteUnit(parseUnitFile(text), context)
    : rewriteText({ path: to, text }, context);
  const changed = rewrite.text !== text;
  return {
    from,
    to,
    isUnit,
    before: text,
    after: rewrite.text,
    edits: rewrite.edits,
    diff: unifiedDiff(to, text, rewrite.text),
    findings: [
      ...(changed ? [rewritten(from, rewrite)] : []),
      ...rewrite.notes.map(({ line, message }) => finding('TX606', { path: from, line, message })),
      ...rewrite.leftovers.map(left => leftover(from, left)),
    ],
  };
}

function variablesOf(unit: string | undefined): (name: string) => string | undefined {
  if (unit === undefined) return () => undefined;
  const constants = environmentConstants(allSettings(parseUnitFile(unit)));
  return name => constants.get(name);
}

function rewritten(path: string, { edits }: Rewrite): Finding {
  const count = edits.length === 1 ? '1 line' : `${edits.length} lines`;
  return finding('TX606', {
    path,
    message: `${count} changed to work without Torcx`,
  });
}

function leftover(
  path: string,
  { line, column, text, reason, advice, inComment }: Rewrite['leftovers'][number],
): Finding {
  return finding('TX607', {
    path,
    line,
    column,
    ...(inComment && { severity: 'info' }),
    message: `${text} is left: ${reason}`,
    ...(!inComment && { fix: { safety: 'manual', description: advice } }),
  });
}
