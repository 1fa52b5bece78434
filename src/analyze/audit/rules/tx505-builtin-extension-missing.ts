import {
  BUILT_IN_EXTENSIONS,
  type BuiltInExtension,
  builtInPath,
  builtInState,
  replacedBuiltIns,
} from '../built-in-extensions.ts';
import type { AuditRule, Subject } from '../subject.ts';
import { linkCommand } from './commands.ts';

/** Where Flatcar's /usr has what /etc is made of. */
const PRISTINE = '/usr/share/flatcar';

/**
 * A node whose /etc/extensions does not show the links that Flatcar brings. /etc is an overlay, and a directory that
 * was made in it before the release had one hides the release's own.
 */
export const builtinExtensionMissing: AuditRule = {
  id: 'TX505',
  *check(subject) {
    const { nodePath, isDirectory, node } = subject;
    if (nodePath !== '/etc/extensions' || !isDirectory) return;
    // Of a disk that is only mounted /etc is no more than what was written to it.
    if (node.release?.path !== '/etc/os-release') return;
    const missing = BUILT_IN_EXTENSIONS.filter(name => isMissing(name, subject));
    if (missing.length === 0) return;
    const isWithoutEngine = missing.length === BUILT_IN_EXTENSIONS.length;
    yield {
      severity: isWithoutEngine ? 'error' : 'warning',
      message: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not merged: /etc/extensions hides the ${missing.length > 1 ? 'links' : 'link'} that the release brings`,
      manual: missing.map(name => restoreCommand(name, subject)).join('; '),
    };
  },
};

function isMissing(name: BuiltInExtension, { node }: Subject): boolean {
  const isReplaced = [...node.extensions.names()].some(own => replacedBuiltIns(own).includes(name));
  const isBrought = node.links.has(PRISTINE + builtInPath(name));
  return isBrought && builtInState(name, node) === 'unknown' && !isReplaced;
}

function restoreCommand(name: BuiltInExtension, { node }: Subject): string {
  const path = builtInPath(name);
  return linkCommand(node.links.get(PRISTINE + path) ?? '', node.onDisk(path));
}
