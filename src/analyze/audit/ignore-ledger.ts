import { groupBy } from '../../group-by.ts';
import { allDocuments, type Document, rootOffset } from './document.ts';
import { documentIgnores, type Ignore, isIgnored } from './ignores.ts';
import type { Remark } from './subject.ts';

/** The comments of a file that silence rules, and which of them have silenced something. */
export class IgnoreLedger {
  readonly #ignores: readonly Ignore[];
  readonly #used = new Set<number>();

  /** @param root absent where comments have no say */
  constructor(root: Document | undefined) {
    this.#ignores = root ? [...allDocuments(root)].flatMap(documentIgnores) : [];
  }

  /** The comment that silences a remark, in its own text or in one that this is embedded in. All that do are used. */
  silencing({ ruleId, observation, subject: { document } }: Remark): Ignore | undefined {
    let found: Ignore | undefined;
    let offset = observation.start;
    for (let part = document; part; part = part.parent?.document) {
      const line = offset === undefined ? undefined : part.lines.lineAt(offset);
      const own = this.#ignores.filter(
        ignore => ignore.document === part && isIgnored(ignore, ruleId, line),
      );
      for (const ignore of own) this.#used.add(rootPlace(ignore));
      found ??= own[0];
      offset = part.parent?.embedding.outerOffset(offset ?? 0);
    }
    return found;
  }

  /** The comments that have silenced nothing, each once. */
  unused(): Ignore[] {
    return [...groupBy(this.#ignores, rootPlace)].flatMap(([place, [first]]) =>
      first && !this.#used.has(place) ? [first] : [],
    );
  }
}

/** The same comment is seen in the file and in a text that is embedded in it. */
function rootPlace({ document, line }: Ignore): number {
  return rootOffset(document, document.lines.start(line));
}
