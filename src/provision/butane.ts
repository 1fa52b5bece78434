import { linkPart, remotePart, unitPart } from './ignition-parts.ts';
import type { NodeConfig, NodeFile } from './node-config.ts';
import { Octal, type YamlValue, yamlText } from './yaml-text.ts';

/** Both give Ignition 3.3.0: https://coreos.github.io/butane/specs/ */
const VARIANTS = { flatcar: '1.0.0', fcos: '1.4.0' } as const;

/** The configuration as Butane reads it, which makes Ignition's of it. Ends in a newline. */
export function butaneText(config: NodeConfig, variant: keyof typeof VARIANTS): string {
  const { files, links, units } = config;
  return yamlText({
    variant,
    version: VARIANTS[variant],
    storage: {
      files: files.map(file),
      links: links.map(linkPart),
    },
    ...(units.length > 0 && { systemd: { units: units.map(unitPart) } }),
  });
}

function file({ path, mode, contents }: NodeFile): YamlValue {
  const start = { path, mode: new Octal(mode) };
  if ('text' in contents) return { ...start, contents: { inline: contents.text } };
  return { ...start, contents: remotePart(contents) };
}
