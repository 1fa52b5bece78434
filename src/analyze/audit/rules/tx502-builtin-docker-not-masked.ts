import { isBefore, WITHOUT_TORCX } from '../../../flatcar-release.ts';
import {
  BUILT_IN_EXTENSIONS,
  type BuiltInExtension,
  builtInPath,
  builtInState,
  replacedBuiltIns,
} from '../built-in-extensions.ts';
import { rootOf } from '../document.ts';
import { isCustom } from '../selection.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';
import { parseTorcxJson } from '../torcx-json.ts';
import { torcxPlace } from '../torcx-place.ts';
import { maskCommand } from './commands.ts';

/** A node that has its own Docker: Flatcar's built-in one is merged beside it unless a link says otherwise. */
export const builtinDockerNotMasked: AuditRule = {
  id: 'TX502',
  *check(subject) {
    if (!subject.document?.parent) {
      yield* selected(subject);
      yield* installed(subject);
    }
    yield* provisioned(subject);
  },
};

/** A Docker that a profile of Torcx selects, and that is to become an extension. */
function* selected({ node, document, nodePath }: Subject): Generator<Observation> {
  const place = torcxPlace(nodePath);
  if (!document || place?.kind !== 'profile' || !node.selection.isActive(place.name)) return;
  const open = BUILT_IN_EXTENSIONS.filter(name => builtInState(name, node) !== 'masked');
  const json = parseTorcxJson(document.text);
  if (open.length === 0 || 'reason' in json) return;
  const docker = json.images.find(
    image => image.name === 'docker' && isCustom(image) && node.selection.isSelected(image),
  );
  if (!docker) return;
  const { lines } = document;
  const range = { start: lines.start(docker.line), end: lines.end(docker.line) };
  yield {
    ...(json.images.length > 1 && range),
    message: `the built-in Docker takes the place of docker:${docker.reference} unless it is masked`,
    manual: open.map(name => maskCommand(name, node)).join('; '),
  };
}

/** An extension that is there already. */
function* installed({ nodePath, node }: Subject): Generator<Observation> {
  const extension = node.extensions.at(nodePath);
  if (!extension) return;
  const versionId = node.release?.versionId ?? '';
  // A release that has the built-in ones shows their links; on an older one they are still to come.
  const isToCome = versionId === '' || isBefore(versionId, WITHOUT_TORCX);
  const open = replacedBuiltIns(extension.name).filter(name => {
    const state = builtInState(name, node);
    return state === 'merged' || (state === 'unknown' && isToCome);
  });
  if (open.length === 0) return;
  const isMerged = open.some(name => builtInState(name, node) === 'merged');
  yield {
    severity: isMerged ? 'error' : 'warning',
    message: conflict(open),
    manual: open.map(name => maskCommand(name, node)).join('; '),
  };
}

/** One that a provisioning text installs; its links may also be made by a script in it. */
function* provisioned({ document, node }: Subject): Generator<Observation> {
  for (const { nodePath, target, start, end } of document?.files ?? []) {
    const name = /^\/(?:etc|var\/lib)\/extensions\/([^/]+)\.raw$/.exec(nodePath)?.[1];
    if (!document || name === undefined || target?.text === '/dev/null') continue;
    const { text } = rootOf(document);
    const open = replacedBuiltIns(name).filter(
      builtIn => !text.includes(builtInPath(builtIn)) && builtInState(builtIn, node) === 'unknown',
    );
    if (open.length === 0) continue;
    const links = open.map(builtInPath).join(' and ');
    const manual = `add links to /dev/null at ${links}, with overwrite`;
    yield { start, end, severity: 'warning', message: conflict(open), manual };
  }
}

/** The later name in the order of versions lies on top: `docker-flatcar` on `docker`. */
function conflict(open: readonly BuiltInExtension[]): string {
  const names = open.join(' and ');
  return `${names} ${open.length > 1 ? 'have' : 'has'} the same programs, and the name decides whose are seen unless ${open.length > 1 ? 'they are' : 'it is'} masked`;
}
