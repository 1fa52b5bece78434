import type { NodeLink, RemoteContents } from './node-config.ts';
import type { NodeUnit } from './node-unit.ts';

/** What Ignition and Butane, which is made into it, say in the same words. */

export function remotePart({ url, sha256 }: RemoteContents) {
  return {
    source: url,
    ...(sha256 !== undefined && { verification: { hash: `sha256-${sha256}` } }),
  };
}

export function linkPart({ path, target }: NodeLink) {
  return { path, target, overwrite: true };
}

export function unitPart({ name, enabled, text }: NodeUnit) {
  return { name, ...(enabled && { enabled }), ...(text !== undefined && { contents: text }) };
}
