import type { AuditRule } from '../subject.ts';
import { parseTorcxJson } from '../torcx-json.ts';
import { torcxPlace } from '../torcx-place.ts';

/** One of Torcx's JSON files that cannot be read, so that nobody can say what it selected. */
export const torcxJsonUnparsable: AuditRule = {
  id: 'TX106',
  *check({ document, nodePath }) {
    const kind = torcxPlace(nodePath)?.kind;
    if (!document || !(kind === 'profile' || kind === 'remote' || kind === 'config')) return;
    // A template becomes JSON on its way to the node, and an encoded text is judged after decoding.
    if (document.kind === 'encoded' || /\{\{|\$\{[a-z]/.test(document.text)) return;
    const json = parseTorcxJson(document.text);
    if (!('reason' in json)) return;
    const start = document.lines.start(json.line) + json.column - 1;
    yield { start, end: start + 1, message: json.reason, manual: 'mend or remove the file' };
  },
};
