/** How a text that is no unit file is read. */
export type TextSyntax = 'shell' | 'udev' | 'tmpfiles' | 'json' | 'plain';

const SHELLS = /^#![^\n]*\b(?:sh|bash|dash|ash|ksh|zsh)\b/;

/** The syntax of a file, from its name and its first line. */
export function textSyntax(path: string, text: string): TextSyntax {
  if (SHELLS.test(text)) return 'shell';
  if (text.startsWith('#!')) return 'plain';
  if (/\.(?:sh|bash)$/.test(path)) return 'shell';
  if (/(?:^|\/)rules\.d\/[^/]+\.rules$/.test(path)) return 'udev';
  if (/(?:^|\/)tmpfiles\.d\/[^/]+\.conf$/.test(path)) return 'tmpfiles';
  return path.endsWith('.json') ? 'json' : 'plain';
}
