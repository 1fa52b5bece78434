import type { Document } from '../document.ts';
import type { AuditRule } from '../subject.ts';

const ARGUMENT =
  /(?<![\w.-])(?:torcx_config|(?:coreos|flatcar|rd)?\.?torcx(?:\.[a-z_]+)?)=[^\s"',\]}<]*/g;
/** Labels, tags and names of files are written like an argument. */
function isBootPlace({ kind, text }: Document, offset: number): boolean {
  if (kind === 'boot-loader') return true;
  return BOOT_WORD.test(text.slice(Math.max(0, offset - LEAD), offset));
}

/** So far before the argument its list is named. */
const LEAD = 300;
const BOOT_WORD =
  /cmdline|kernel|append|linux|\bargs\b|boot|should_?(?:not_?)?exist|(?:coreos|flatcar)\.|\b(?:console|root)=/i;

const BOOT_TEXTS = new Set(['boot-loader', 'yaml', 'json', 'terraform', 'settings', 'environment']);
const LONGEST_LINE = 20_000;

/** A kernel argument for Torcx. */
export const kernelTorcxConfig: AuditRule = {
  id: 'TX403',
  *check({ document }) {
    if (!document || !BOOT_TEXTS.has(document.kind) || !document.text.includes('torcx')) return;
    for (const line of document.text.matchAll(/^(?![ \t]*(?:#|\/\/)).*torcx.*$/gm)) {
      if (line[0].length > LONGEST_LINE) continue;
      for (const match of line[0].matchAll(ARGUMENT)) {
        if (/^torcx[.=]/.test(match[0]) && !isBootPlace(document, line.index + match.index))
          continue;
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
