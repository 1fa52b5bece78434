import { posix } from 'node:path';
import { torcxPathMeaning } from '../../torcx-path.ts';
import type { Subject } from '../subject.ts';
import { removeCommand } from './commands.ts';

/** A link of the tree, or one that a provisioning text makes. */
export interface NodeLink {
  readonly nodePath: string;
  /** Where it leads, as an absolute path of the node. */
  readonly target: string;
  /** Of a provisioned link: the place of its target in the text. */
  readonly range?: { readonly start: number; readonly end: number };
  /** What makes it go away. */
  readonly removal: string;
}

export function* nodeLinks(subject: Subject): Generator<NodeLink> {
  const { nodePath, target, document } = subject;
  if (target !== undefined) {
    yield { nodePath, target: absolute(nodePath, target), removal: removeCommand(subject) };
  }
  for (const file of document?.files ?? []) {
    if (!file.target) continue;
    const { start, end, text } = file.target;
    const removal = 'remove the link from the configuration';
    yield {
      nodePath: file.nodePath,
      target: absolute(file.nodePath, text),
      range: { start, end },
      removal,
    };
  }
}

function absolute(nodePath: string, target: string): string {
  return posix.resolve(posix.dirname(nodePath), target).replace(/^\/var\/run(?=\/|$)/, '/run');
}

/** Whether only Torcx could have made what is at the path. */
export function isTorcxPath(path: string): boolean {
  return torcxPathMeaning(path.split('/').filter(part => part !== '')) !== undefined;
}

/** Torcx put the units of its images here; what systemd itself has there is never linked to. */
export function isRunUnit(path: string): boolean {
  return /^\/run\/systemd\/system\/[^/]+$/.test(path);
}

/** The directory of links that an entry is in: `wants`, `requires` or `upholds`. */
export function dependencyDirectory(
  nodePath: string,
): 'wants' | 'requires' | 'upholds' | undefined {
  const kind = /\/[^/]+\.(wants|requires|upholds)\/[^/]+$/.exec(nodePath)?.[1];
  return kind === 'wants' || kind === 'requires' || kind === 'upholds' ? kind : undefined;
}
