import { isCustom } from '../selection.ts';
import type { AuditRule, Subject } from '../subject.ts';
import { parseTorcxJson } from '../torcx-json.ts';
import { torcxPlace } from '../torcx-place.ts';
import { maskCommand } from './commands.ts';

const BUILT_IN = ['docker-flatcar', 'containerd-flatcar'] as const;

/** A node that had its own Docker: Flatcar's built-in one is merged beside it unless a link says otherwise. */
export const builtinDockerNotMasked: AuditRule = {
  id: 'TX502',
  *check(subject) {
    const { node, document, nodePath } = subject;
    const place = torcxPlace(nodePath);
    if (
      !document ||
      document.parent ||
      place?.kind !== 'profile' ||
      !node.selection.isActive(place.name)
    )
      return;
    const open = BUILT_IN.filter(
      name => node.links.get(`/etc/extensions/${name}.raw`) !== '/dev/null',
    );
    const json = parseTorcxJson(document.text);
    if (open.length === 0 || 'reason' in json) return;
    const docker = json.images.find(
      image => image.name === 'docker' && isCustom(image) && node.selection.isSelected(image),
    );
    if (!docker) return;
    const range = json.images.length > 1 ? lineRange(subject, docker.line) : {};
    yield {
      ...range,
      message: `the built-in Docker takes the place of docker:${docker.reference} unless it is masked`,
      manual: open.map(name => maskCommand(name, node)).join('; '),
    };
  },
};

function lineRange({ document }: Subject, line: number) {
  return document ? { start: document.lines.start(line), end: document.lines.end(line) } : {};
}
