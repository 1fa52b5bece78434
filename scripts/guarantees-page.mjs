/**
 * What vitest's JSON report says of one test.
 * @typedef {object} TestResult
 * @property {string} title
 * @property {readonly string[]} ancestorTitles
 * @property {string} status
 * @property {{ figure?: string }} [meta]
 */

/** By file of tests. @typedef {ReadonlyMap<string, readonly TestResult[]>} Results */
/** @typedef {import('./promises.mjs').Evidence} Evidence */
/** @typedef {typeof import('./promises.mjs').PROMISES} Promises */

/**
 * The tests that stand for a promise.
 * @param {Evidence} evidence
 * @param {Results} results
 */
export function testsOf({ file, tests }, results) {
  const all = results.get(file) ?? [];
  if (!tests) return all;
  const patterns = tests.map(titlePattern);
  return all.filter(({ title, ancestorTitles }) =>
    [title, ...ancestorTitles].some(name => patterns.some(pattern => pattern.test(name))),
  );
}

/**
 * How many tests passed, and what they say that they have tried, added up by what it is.
 * @param {readonly TestResult[]} passed
 */
export function figureOf(passed) {
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const { meta } of passed) {
    for (const part of meta?.figure?.split(', ') ?? []) {
      const [, count = '0', what = ''] = /^(\d+) (.*)$/.exec(part) ?? [];
      sums.set(what, (sums.get(what) ?? 0) + Number(count));
    }
  }
  if (passed.length === 0) return '';
  const tests = `${passed.length} ${passed.length === 1 ? 'test' : 'tests'}`;
  return [tests, ...[...sums].map(([what, sum]) => `${sum} ${what}`)].join(', ');
}

/**
 * The page with the table of each section made anew. A figure that these results do not have stays as it was.
 * @param {string} page
 * @param {Promises} promises
 * @param {Results} results
 */
export function withTables(page, promises, results) {
  let text = page;
  for (const [section, rows] of Object.entries(promises)) {
    const lines = rows.map(({ promise, evidence }) => {
      const passed = evidence
        .flatMap(each => testsOf(each, results))
        .filter(({ status }) => status === 'passed');
      const figure = figureOf(passed) || figureIn(page, promise);
      return `| ${promise} | ${evidence.map(evidenceText).join('<br>')} | ${figure} |`;
    });
    const table = ['| promise | tests | figure |', '| --- | --- | --- |', ...lines].join('\n');
    const place = new RegExp(`(<!-- ${section} -->\\n)[^]*?(<!-- end -->)`);
    text = text.replace(place, (_, before, after) => `${before}${table}\n${after}`);
  }
  return text;
}

/** @param {Evidence} evidence */
function evidenceText({ file, tests }) {
  const link = `[${file.replace(/^test\//, '').replace(/\.test\.ts$/, '')}](../${file})`;
  return tests ? `${link}: ${tests.map(test => `"${test}"`).join(', ')}` : link;
}

/**
 * @param {string} page
 * @param {string} promise
 */
function figureIn(page, promise) {
  const row = page.split('\n').find(line => line.startsWith(`| ${promise} |`));
  return row?.split(' | ').at(-1)?.replace(/ \|$/, '') ?? '';
}

/**
 * A title in a source has places for what differs from case to case.
 * @param {string} title
 */
function titlePattern(title) {
  const parts = title.split(/%[sdijf]|\$[\w.]+/);
  const literal = parts.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`, 's');
}
