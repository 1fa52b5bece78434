import { Session } from 'node:inspector/promises';

/** Which blocks of one script have run, as V8 counts them. */
export class Coverage {
  #session = new Session();
  #url = '';
  /** @type {Set<string>} */
  #known = new Set();
  /** @type {string[]} */
  #fresh = [];

  /** @param {string} url of the script */
  static async start(url) {
    const coverage = new Coverage();
    coverage.#url = url;
    coverage.#session.connect();
    await coverage.#session.post('Profiler.enable');
    await coverage.#session.post('Profiler.startPreciseCoverage', {
      callCount: true,
      detailed: true,
    });
    return coverage;
  }

  /** How many blocks have been reached. */
  get size() {
    return this.#known.size;
  }

  /** Whether a block that is not known has run since the last call. */
  async isNew() {
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    const script = result.find(({ url }) => url === this.#url);
    const ranges = script?.functions.flatMap(({ ranges }) => ranges) ?? [];
    this.#fresh = ranges
      .filter(({ count }) => count > 0)
      .map(({ startOffset, endOffset, count }) => `${startOffset}-${endOffset}-${magnitude(count)}`)
      .filter(range => !this.#known.has(range));
    return this.#fresh.length > 0;
  }

  /** As isNew, and knows them from now on. */
  async grow() {
    const isNew = await this.isNew();
    for (const range of this.#fresh) this.#known.add(range);
    return isNew;
  }
}

/**
 * Once, a few times, often: a loop that goes round another time is not news.
 * @param {number} count
 */
function magnitude(count) {
  return Math.min(4, Math.floor(Math.log2(count) / 2));
}
