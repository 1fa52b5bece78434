// Reads the JSON reports of vitest in a directory and its list of failed steps, prints `N passed, M failed`, with
// `, K skipped` when there are any, and exits 1 when anything failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = process.argv[2] ?? '.';
const reports = new Map(
  readdirSync(directory)
    .filter(name => name.endsWith('.json'))
    .map(name => [
      name.replace(/\.json$/, ''),
      JSON.parse(readFileSync(join(directory, name), 'utf8')),
    ]),
);

const failedTests = total('numFailedTests');
// A step of tests is counted by its tests, unless it failed otherwise: a file that does not load has none.
const failedSteps = failedStepNames().filter(name => !(reports.get(name)?.numFailedTests > 0));
const skipped = total('numPendingTests') + total('numTodoTests');
const failed = failedTests + failedSteps.length;

if (failedSteps.length > 0) process.stdout.write(`failed: ${failedSteps.join(', ')}\n`);
const tail = skipped > 0 ? `, ${skipped} skipped` : '';
process.stdout.write(`${total('numPassedTests')} passed, ${failed} failed${tail}\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {string} key */
function total(key) {
  return [...reports.values()].reduce((sum, report) => sum + (report[key] ?? 0), 0);
}

function failedStepNames() {
  const path = join(directory, 'failed-steps');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}
