import type { ImageReport } from '../convert/report.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';

/** The Butane configuration (variant flatcar, 1.0.0) that installs the extension on a new node. */
export function butaneConfig(report: ImageReport): string {
  const { name, path, sha256 } = report.output;
  const lines = [
    'variant: flatcar',
    'version: 1.0.0',
    'storage:',
    '  files:',
    `    - path: /etc/extensions/${name}.raw`,
    '      mode: 0644',
    '      contents:',
    `        source: https://YOUR-SERVER/${encodeURIComponent(path)}`,
    ...(sha256 === undefined ? [] : ['        verification:', `          hash: sha256-${sha256}`]),
  ];
  const masked = clashingBuiltIns(report).flatMap(builtIn => [
    `    - path: /etc/extensions/${builtIn}.raw`,
    '      target: /dev/null',
    '      overwrite: true',
  ]);
  if (masked.length > 0) lines.push('  links:', ...masked);
  return `${lines.join('\n')}\n`;
}
