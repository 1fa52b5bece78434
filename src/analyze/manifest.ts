import { ToolError } from '../errors.ts';
import { normalizeImagePath } from './entry-path.ts';
import { type JsonNode, parseStrictJson } from './strict-json.ts';

/** The kinds of assets that Torcx propagated into the running system, in its own order. */
export const ASSET_KINDS = [
  'bin',
  'network',
  'units',
  'sysusers',
  'tmpfiles',
  'udev_rules',
] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** An image's `.torcx/manifest.json`: what Torcx made visible at boot. */
export interface Manifest {
  /** Paths as entries have them (`lib/systemd/system/docker.service`), in the manifest's order. */
  readonly assets: Readonly<Record<AssetKind, readonly string[]>>;
}

export const MANIFEST_PATH = '.torcx/manifest.json';
/** No real manifest comes near; Torcx's own were under 2 KiB. */
export const MANIFEST_MAX_BYTES = 1 << 20;

/**
 * Reads a manifest of kind `image-manifest-v0`, the only one that Torcx ever had. Unknown keys are accepted as Go's
 * JSON decoder accepted them.
 * @throws ToolError `manifest-broken` for what made Torcx refuse the image: no JSON, another kind, wrong types
 */
export function parseManifest(text: string): Manifest {
  const root = parseStrictJson(text, broken);
  const kind = member(root, 'kind');
  if (kind?.value !== 'image-manifest-v0') {
    throw broken(
      `kind is ${kind ? JSON.stringify(kind.value) : 'missing'}, expected "image-manifest-v0"`,
      kind,
    );
  }
  const value = member(root, 'value');
  if (value && value.type !== 'object') throw broken('"value" must be an object', value);
  const list = (key: AssetKind): readonly string[] => assetPaths(value && member(value, key), key);
  return {
    assets: {
      bin: list('bin'),
      network: list('network'),
      units: list('units'),
      sysusers: list('sysusers'),
      tmpfiles: list('tmpfiles'),
      udev_rules: list('udev_rules'),
    },
  };
}

function assetPaths(node: JsonNode | undefined, key: AssetKind): readonly string[] {
  if (!node || node.type === 'null') return [];
  if (node.type !== 'array') throw broken(`"${key}" must be a list of paths`, node);
  return node.items.map(item => {
    const path = typeof item.value === 'string' ? normalizeImagePath(item.value) : undefined;
    if (path === undefined) throw broken(`"${key}" must list paths within the image`, item);
    return path;
  });
}

function member(node: JsonNode, key: string): JsonNode | undefined {
  return node.type === 'object' ? node.members.get(key) : undefined;
}

function broken(
  reason: string,
  at?: { readonly line: number; readonly column: number },
): ToolError {
  return new ToolError('manifest-broken', {
    reason,
    ...(at && { line: at.line, column: at.column }),
  });
}
