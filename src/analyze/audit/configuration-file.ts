import type { AuditPlace } from './audit-entry.ts';
import { type JsonDamage, parseTorcxJson, type TorcxJson } from './torcx-json.ts';
import { torcxPlace } from './torcx-place.ts';

/** A file of a node that says something about Torcx. */
export interface ConfigurationFile {
  readonly nodePath: string;
  /** As a command on this machine has to name it. */
  readonly diskPath: string;
  readonly text?: string;
  readonly json?: TorcxJson;
}

/** One of Torcx's own files, and what is wrong with it when it should be JSON and is not. */
export function readConfiguration(
  { nodePath, diskPath }: Pick<AuditPlace, 'nodePath' | 'diskPath'>,
  text: string,
): { readonly file: ConfigurationFile; readonly damage?: JsonDamage } {
  const kind = torcxPlace(nodePath)?.kind;
  if (kind === 'image') return { file: { nodePath, diskPath } };
  const isJson = kind === 'profile' || kind === 'remote' || kind === 'config';
  const json = isJson ? parseTorcxJson(text) : undefined;
  const file = { nodePath, diskPath, text };
  if (!json) return { file };
  return 'reason' in json ? { file, damage: json } : { file: { ...file, json } };
}
