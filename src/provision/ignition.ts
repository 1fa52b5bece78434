import { linkPart, remotePart, unitPart } from './ignition-parts.ts';
import type { NodeConfig, NodeFile } from './node-config.ts';

/** The newest that Flatcar has since 3185, the first release on which extensions work. */
const SPECIFICATION = '3.3.0';

/** The configuration as Ignition reads it: https://coreos.github.io/ignition/configuration-v3_3/. Ends in a newline. */
export function ignitionText(config: NodeConfig): string {
  return `${JSON.stringify(ignition(config), null, 2)}\n`;
}

function ignition({ files, links, units }: NodeConfig): object {
  return {
    ignition: { version: SPECIFICATION },
    storage: {
      files: files.map(file),
      links: links.map(linkPart),
    },
    ...(units.length > 0 && { systemd: { units: units.map(unitPart) } }),
  };
}

function file({ path, mode, contents }: NodeFile): object {
  if ('text' in contents) return { path, mode, contents: { source: dataUrl(contents.text) } };
  return { path, mode, contents: remotePart(contents) };
}

/** RFC 2397; percent signs instead of base64, so that a reader sees what it says. */
function dataUrl(text: string): string {
  return `data:,${encodeURIComponent(text)}`;
}
