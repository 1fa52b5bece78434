import type { AuditRule } from '../subject.ts';

const ARGUMENT =
  /(?<![\w.-])(?:torcx_config|(?:coreos|flatcar|rd)?\.?torcx(?:\.[a-z_]+)?)=[^\s"',\]}]*/g;
const BOOT_TEXTS = new Set(['boot-loader', 'yaml', 'json', 'terraform', 'settings', 'environment']);
const LONGEST_LINE = 20_000;

/** A kernel argument for Torcx. */
export const kernelTorcxConfig: AuditRule = {
  id: 'TX403',
  *check({ document }) {
    if (!document || !BOOT_TEXTS.has(document.kind) || !document.text.includes('torcx')) return;
    for (const line of document.text.matchAll(/^(?!\s*(?:#|\/\/)).*torcx.*$/gm)) {
      if (line[0].length > LONGEST_LINE) continue;
      for (const match of line[0].matchAll(ARGUMENT)) {
        const start = line.index + match.index;
        yield {
          start,
          end: start + match[0].length,
          message: `nothing reads the kernel argument ${match[0]} any more`,
          manual: 'leave the argument out',
        };
      }
    }
  },
};
