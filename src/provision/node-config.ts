import { ENSURE_SYSEXT_NAME, ensureSysextUnit } from './ensure-sysext.ts';
import type { NodeUnit } from './node-unit.ts';
import { updateUnits } from './update-units.ts';

/** What a new node gets at its first boot, before it is written as Butane or Ignition. */
export interface NodeConfig {
  readonly files: readonly NodeFile[];
  readonly links: readonly NodeLink[];
  readonly units: readonly NodeUnit[];
}

export interface NodeFile {
  readonly path: string;
  readonly mode: number;
  readonly contents: RemoteContents | { readonly text: string };
}

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface RemoteContents {
  readonly url: string;
  /** In hexadecimal; absent as long as the image has not been made. */
  readonly sha256?: string;
}

/** Takes the place of what is there. */
export interface NodeLink {
  readonly path: string;
  readonly target: string;
}

export interface NodeRequest {
  /** NAME of NAME.raw. */
  readonly name: string;
  readonly image: RemoteContents;
  /** Where on the node the image goes. */
  readonly path: string;
  /** Extensions of the host that bring the same programs. */
  readonly masked: readonly string[];
  /** The release of the node still starts Torcx, which would put its own Docker in the way. */
  readonly hasTorcx: boolean;
  /** The node's system neither merges extensions at boot nor starts their units without being told to. */
  readonly needsHelp: boolean;
  /** Transfer files of systemd-sysupdate; empty: the image stays as it is. */
  readonly transfers: readonly TextFile[];
}

/** Decides what is written to a node for one extension. */
export function nodeConfig(request: NodeRequest): NodeConfig {
  const { name, image, path, masked, hasTorcx, needsHelp, transfers } = request;
  return {
    files: [{ path, mode: 0o644, contents: image }, ...transfers.map(textFile)],
    links: [
      { path: `/etc/extensions/${name}.raw`, target: path },
      ...masked.map(other => ({ path: `/etc/extensions/${other}.raw`, target: '/dev/null' })),
      ...(hasTorcx ? [{ path: TORCX_GENERATOR, target: '/dev/null' }] : []),
    ],
    units: [...(needsHelp ? HELPERS : []), ...(transfers.length > 0 ? updateUnits(name) : [])],
  };
}

/** A generator of this name in `/etc` takes the place of the one in `/usr` (systemd.generator(7)). */
const TORCX_GENERATOR = '/etc/systemd/system-generators/torcx-generator';

const HELPERS: readonly NodeUnit[] = [
  { name: 'systemd-sysext.service', enabled: true },
  { name: ENSURE_SYSEXT_NAME, enabled: true, text: ensureSysextUnit() },
];

function textFile({ path, text }: TextFile): NodeFile {
  return { path, mode: 0o644, contents: { text } };
}
