import { allSettings } from '../../unit-file.ts';
import { splitWords } from '../../unit-words.ts';
import type { AuditRule } from '../subject.ts';
import { unitPlace } from '../unit-place.ts';

/** `Environment=CONTAINERD_CONFIG=…` for the stock unit: Torcx put its image's path before it, so that it was not read. */
export const containerdConfigNowEffective: AuditRule = {
  id: 'TX209',
  *check({ document, nodePath, node }) {
    if (!document?.unit || unitPlace(nodePath)?.unit !== 'containerd.service') return;
    const all = node.units
      .documentsOf(document)
      .flatMap(({ unit }) => (unit ? allSettings(unit) : []));
    if (all.some(({ key, value }) => key === 'ExecStart' && value !== '')) return;
    for (const setting of allSettings(document.unit)) {
      if (setting.key !== 'Environment') continue;
      const config = splitWords(setting.value).find(({ text }) =>
        /^CONTAINERD_CONFIG=\/(?!usr\/share\/containerd\/)/.test(text),
      );
      const first = setting.segments[0];
      if (!config || !first) continue;
      const file = config.text.slice('CONTAINERD_CONFIG='.length);
      yield {
        start: first.offset + config.start,
        end: first.offset + config.end,
        message: `had no effect under Torcx, where containerd looked for ${file} in its image; now it has: review that file`,
      };
    }
  },
};
