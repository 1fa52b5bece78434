#!/usr/bin/env node
// Scores the audit against a corpus of configuration trees whose lines somebody has judged by hand.
//
//   node bench/score-audit.mjs CORPUS
//
// CORPUS/cases/NAME/ are trees, CORPUS/EXPECTED.tsv has a row for each judged line: case, file, line (`-` for the file
// as a whole, several separated by commas), category, replacement, severity (error, warning, info, none), reason.
// Beside the audit's numbers stand those of `grep -rin torcx`, which finds words and not what they mean.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const [corpusArgument] = process.argv.slice(2);
if (!corpusArgument) {
  process.stderr.write('usage: node bench/score-audit.mjs CORPUS\n');
  process.exit(2);
}
const corpus = resolve(corpusArgument);
const cases = readdirSync(join(corpus, 'cases')).sort();
const expected = readExpected(join(corpus, 'EXPECTED.tsv'));

process.stdout.write('| | recall | recall of errors | false positives | severity right |\n');
process.stdout.write('| --- | --- | --- | --- | --- |\n');
for (const [name, audit] of [
  ['torcx2sysext --check', byAudit],
  ['grep -rin torcx', byGrep],
]) {
  process.stdout.write(`| \`${name}\` | ${row(score(audit))} |\n`);
}

/** @typedef {'error' | 'warning' | 'info' | 'none'} Severity */
/** @typedef {{path: string, from: number, to: number, severity: Severity}} Found `from` 0: the file as a whole */

/** @param {(root: string) => Found[]} audit */
function score(audit) {
  const counts = { wanted: 0, found: 0, errors: 0, foundErrors: 0, right: 0, falsePositives: 0 };
  for (const name of cases) {
    const root = join(corpus, 'cases', name);
    const findings = audit(root);
    const rows = expected.filter(judged => judged.case === name);
    for (const judged of rows) {
      if (judged.severity === 'none') continue;
      const hits = findings.filter(found => covers(found, judged));
      const isError = judged.severity === 'error';
      counts.wanted += 1;
      counts.errors += isError ? 1 : 0;
      counts.found += hits.length > 0 ? 1 : 0;
      counts.foundErrors += isError && hits.length > 0 ? 1 : 0;
      counts.right += strongest(hits) === judged.severity ? 1 : 0;
    }
    const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    counts.falsePositives += loud.filter(
      found => !rows.some(judged => judged.severity !== 'none' && touches(found, judged)),
    ).length;
  }
  return counts;
}

function row({ wanted, found, errors, foundErrors, right, falsePositives }) {
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;
  return [
    percent(found, wanted),
    percent(foundErrors, errors),
    String(falsePositives),
    percent(right, found),
  ].join(' | ');
}

/** @param {Found} found */
function covers(found, judged) {
  if (found.path !== judged.file) return false;
  return judged.line === 0 || (found.from <= judged.line && judged.line <= found.to);
}

/** A finding about a whole file is right wherever a line of that file is wrong. @param {Found} found */
function touches(found, judged) {
  return covers(found, judged) || (found.path === judged.file && found.from === 0);
}

/** @param {Found[]} hits @returns {Severity} */
function strongest(hits) {
  const order = /** @type {const} */ (['error', 'warning', 'info']);
  return order.find(severity => hits.some(hit => hit.severity === severity)) ?? 'none';
}

/** @param {string} root @returns {Found[]} */
function byAudit(root) {
  const { stdout } = run(process.execPath, ['dist/cli.js', '--check', root, '--format', 'json']);
  return JSON.parse(stdout).findings.map(({ path, line = 0, endLine = line, severity }) => ({
    path: relative(root, resolve(path)),
    from: line,
    to: endLine,
    severity,
  }));
}

/** @param {string} root @returns {Found[]} */
function byGrep(root) {
  const lines = run('grep', ['-rinI', 'torcx', '.'], root).stdout.split('\n').filter(Boolean);
  return lines.map(text => {
    const [, path = '', line = '0'] = /^\.\/(.*?):(\d+):/.exec(text) ?? [];
    return { path, from: Number(line), to: Number(line), severity: 'error' };
  });
}

function run(program, args, cwd = process.cwd()) {
  return spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function readExpected(path) {
  const [, ...rows] = readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean);
  return rows.flatMap(text => {
    const [name, file, lines = '-', , , severity] = text.split('\t');
    return lines.split(',').map(line => ({
      case: name,
      file,
      line: line.trim() === '-' ? 0 : Number(line),
      severity,
    }));
  });
}
