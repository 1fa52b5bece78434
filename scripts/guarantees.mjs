#!/usr/bin/env node
// Reads reports of the test runner and tells how each promise of docs/guarantees.md was kept:
//   npm run guarantees -- test.json e2e.json            writes the figures that they have into the page
//   npm run guarantees -- --check test.json e2e.json    fails if a promise was broken or was not tested
// A report comes from `npm test -- --reporter=json --outputFile.json=test.json`, and likewise `npm run test:e2e`.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { figureOf, testsOf, withTables } from './guarantees-page.mjs';
import { PROMISES } from './promises.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/guarantees.md', import.meta.url));

const args = process.argv.slice(2);
const isCheck = args[0] === '--check';
const results = resultsIn(isCheck ? args.slice(1) : args);
const promises = Object.values(PROMISES).flat();
/** @type {string[]} */
const problems = [];
for (const { promise, evidence } of promises) {
  const tests = evidence.flatMap(each => testsOf(each, results));
  const missing = evidence.filter(each => testsOf(each, results).length === 0);
  const failed = tests.filter(({ status }) => status === 'failed');
  const passed = tests.filter(({ status }) => status === 'passed');
  if (failed.length > 0) problems.push(`broken: ${promise} (${failed[0]?.title})`);
  else if (missing.length > 0) problems.push(`not tested: ${promise} (${missing[0]?.file})`);
  else process.stdout.write(`${figureOf(passed) || 'skipped'}: ${promise}\n`);
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
if (!isCheck && !problems.some(problem => problem.startsWith('broken'))) {
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), PROMISES, results));
}

/**
 * @param {readonly string[]} reports
 * @returns {import('./guarantees-page.mjs').Results}
 */
function resultsIn(reports) {
  const files = reports.flatMap(path => JSON.parse(readFileSync(path, 'utf8')).testResults);
  return new Map(
    files.map(({ name, assertionResults }) => [relative(ROOT, name), assertionResults]),
  );
}
