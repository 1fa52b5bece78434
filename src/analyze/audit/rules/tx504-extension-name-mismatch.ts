import { shellCommand } from '../../../shell-command.ts';
import type { ExtensionRelease } from '../../extension-releases.ts';
import type { NodeExtension } from '../extension-table.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';

const IMAGE = /^\/(?:etc|var\/lib|run)\/extensions\/([^/]+)\.raw$/;
const RELEASE =
  /^(\/(?:etc|var\/lib|run)\/extensions\/[^/]+)\/usr\/lib\/extension-release\.d\/extension-release\.([^/]+)$/;
/** `docker-24.0.9-x86-64`: what people download, while the image's own name has neither. */
const VERSIONED =
  /^([A-Za-z][\w.]*?)[-_]v?\d+(?:\.\d+)+(?:[-_](?:x86[-_]64|amd64|arm64|aarch64))?$/;

/** An extension whose file name is not the name in it: systemd merges none of a node's extensions then. */
export const extensionNameMismatch: AuditRule = {
  id: 'TX504',
  *check(subject) {
    const { document } = subject;
    if (!document?.parent) yield* extensionOf(subject);
    for (const { nodePath: path, start, end } of document?.files ?? []) {
      for (const observation of fileName(path)) yield { ...observation, start, end };
    }
  },
};

/** An image or directory, or the file in a directory that has the wrong name. */
function* extensionOf({ nodePath, diskPath, node }: Subject): Generator<Observation> {
  const extension = node.extensions.at(nodePath);
  if (extension && !extension.releases) yield* fileName(nodePath);
  if (extension?.releases && isRefused(extension)) {
    const [release] = extension.releases;
    // Of a directory the file is named, which is the one to be renamed.
    if (!release) yield refusal(extension, undefined);
    else if (nodePath.endsWith('.raw')) {
      const right = diskPath.replace(/[^/]*$/, `${release.name}.raw`);
      yield { ...refusal(extension, release), manual: shellCommand(['mv', diskPath, right]) };
    }
  }
  const [, directory = '', name = ''] = RELEASE.exec(nodePath) ?? [];
  const around = node.extensions.at(directory);
  if (!around || !isRefused(around)) return;
  const right = diskPath.replace(/[^/]*$/, `extension-release.${around.name}`);
  yield {
    ...refusal(around, { name, isForAnyName: false }),
    manual: shellCommand(['mv', diskPath, right]),
  };
}

function isRefused({ name, releases = [] }: NodeExtension): boolean {
  const isForAnyName = releases.length === 1 && releases[0]?.isForAnyName === true;
  return !isForAnyName && !releases.some(release => release.name === name);
}

/** systemd 254 and newer leave out what may be a version. */
function refusal({ name }: NodeExtension, release: ExtensionRelease | undefined): Observation {
  const what = release
    ? `it is called ${release.name} within`
    : `it has no extension-release.${name}`;
  const isSame = release !== undefined && baseName(release.name) === baseName(name);
  const who = isSame ? 'systemd-sysext before 254' : 'systemd-sysext';
  return {
    ...(isSame && { severity: 'warning' }),
    message: `${what}: ${who} refuses it, and with it every other extension`,
  };
}

function baseName(name: string): string {
  return name.replace(/[_+].*$/, '');
}

/** What the name alone tells, where nobody can look inside. */
function* fileName(nodePath: string): Generator<Observation> {
  const name = IMAGE.exec(nodePath)?.[1] ?? '';
  const bare = VERSIONED.exec(name)?.[1];
  if (bare === undefined) return;
  yield {
    severity: 'warning',
    message: `${name}.raw must hold extension-release.${name}; images of that name mostly hold extension-release.${bare}`,
    manual: `call it ${bare}.raw`,
  };
}
