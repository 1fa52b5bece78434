import type { AuditRule } from '../subject.ts';

const RELEASE =
  /^\/(?:etc|var\/lib|run|usr\/lib)\/extensions\/([^/]+)\/usr\/lib\/extension-release\.d\/extension-release\.([^/]+)$/;
const IMAGE = /^\/(?:etc|var\/lib|run)\/extensions\/([^/]+)\.raw$/;
/** `docker-24.0.9-x86-64`: what people download, while the image's own name has neither. */
const VERSIONED =
  /^([A-Za-z][\w.]*?)[-_]v?\d+(?:\.\d+)+(?:[-_](?:x86[-_]64|amd64|arm64|aarch64))?$/;

/** An extension whose file name is not the name in it: systemd merges none of a node's extensions then. */
export const extensionNameMismatch: AuditRule = {
  id: 'TX504',
  *check({ nodePath, path, document }) {
    const [, directory, release] = RELEASE.exec(nodePath) ?? [];
    if (directory !== undefined && directory !== release) {
      yield {
        message: `the extension is called ${directory}, but its extension-release file ${release}: systemd-sysext refuses it`,
        manual: `mv ${path} ${path.replace(/[^.]*$/, directory)}`,
      };
    }
    yield* imageName(nodePath, undefined);
    for (const file of document?.files ?? []) yield* imageName(file.nodePath, file);
  },
};

function* imageName(
  nodePath: string,
  range: { readonly start: number; readonly end: number } | undefined,
) {
  const name = IMAGE.exec(nodePath)?.[1] ?? '';
  const bare = VERSIONED.exec(name)?.[1];
  if (bare === undefined) return;
  yield {
    ...(range && { start: range.start, end: range.end }),
    severity: 'warning' as const,
    message: `${name}.raw must hold extension-release.${name}; images of that name mostly hold extension-release.${bare}`,
    manual: `call it ${bare}.raw`,
  };
}
