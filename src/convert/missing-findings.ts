import { posix } from 'node:path';
import type { Inspection } from '../analyze/inspect.ts';
import { scriptProgram } from '../analyze/shebang.ts';
import { parseUnitFile } from '../analyze/unit-file.ts';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { type Finding, finding } from '../finding.ts';
import { parentsOf } from '../path-names.ts';
import { mergedPath } from './merged-path.ts';
import type { PathMap } from './path-map.ts';
import { isUnitFile } from './rewrite-file.ts';
import type { Step } from './step.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { REQUIRING_KEYS, triggeredUnits, unitFileNames, unitWords } from './unit-needs.ts';

/**
 * What needs something that the user left out (TX617): links to it, units that run it or require it, scripts that it
 * reads, texts that name it. The host may have it at the same place, so it is a warning only. A library that is needed
 * is TX601's or TX602's like every other one that the image does not bring.
 */
export function missingFindings(
  { facts }: Inspection,
  { placements }: PathMap,
  steps: readonly Step[],
): Finding[] {
  const missing = missingPaths(placements, steps);
  if (missing.size === 0) return [];
  return steps.flatMap(step => {
    if (step.do === 'drop' || step.do === 'create') return [];
    const { entry, to } = step;
    if (step.do === 'copy' && entry.kind === 'symlink') {
      const target = step.target ?? entry.target;
      const place = posix.resolve(`/${posix.dirname(to)}`, target);
      return missing.has(mergedPath(place)) ? [needed(entry.path, `points to ${place}`)] : [];
    }
    const known = facts.get(entry.path);
    const text = step.do === 'rewrite' ? step.text : known?.text;
    const program = known?.script && scriptProgram(known.script);
    const needs = [
      ...(program !== undefined && missing.has(programPath(program))
        ? [`is run by ${program}`]
        : []),
      ...(text === undefined ? [] : textNeeds(to, text, missing)),
    ];
    return [...new Set(needs)].map(need => needed(entry.path, need));
  });
}

function needed(path: string, need: string): Finding {
  return finding('TX617', {
    path,
    message: `${need}, which is left out on request: the host has to bring it`,
  });
}

/** Paths in the extension at which nothing is because the user wants it so. Every host has its own directories. */
function missingPaths(
  placements: PathMap['placements'],
  steps: readonly Step[],
): ReadonlySet<string> {
  const missing = [...placements.values()].flatMap(({ missingAt }) => missingAt ?? []);
  if (missing.length === 0) return new Set();
  const placed = steps.flatMap(step => (step.do === 'drop' ? [] : [step.to]));
  const there = new Set([...placed, ...placed.flatMap(parentsOf)]);
  return new Set(missing.filter(path => !there.has(path) && !isHostDirectory(path)));
}

function programPath(program: string): string {
  return program.includes('/') ? mergedPath(program) : `usr/bin/${program}`;
}

function textNeeds(to: string, text: string, missing: ReadonlySet<string>): string[] {
  const lines = text.split('\n').filter(line => !/^\s*[#;]/.test(line));
  const named = lines.flatMap(line => line.match(/\/[\w.@+:~/-]+/g) ?? []);
  const paths = named.filter(path => missing.has(mergedPath(path)));
  return [...paths.map(path => `names ${path}`), ...unitNeeds(to, text, missing)];
}

function unitNeeds(to: string, text: string, missing: ReadonlySet<string>): string[] {
  if (!isUnitFile(to)) return [];
  const file = parseUnitFile(text);
  const isGone = (unit: string) =>
    unitFileNames(unit).some(name => missing.has(`${UNIT_DIRECTORY}/${name}`));
  const required = REQUIRING_KEYS.flatMap(key => unitWords(file, 'Unit', key));
  const started = triggeredUnits(posix.basename(to), [file]);
  return [
    ...required.filter(isGone).map(unit => `requires ${unit}`),
    ...started.filter(isGone).map(unit => `starts ${unit}`),
  ];
}
