import { unitBoolean } from '../analyze/unit-boolean.ts';
import { type ExtensionMetadata, parseExtensionRelease } from '../builder/extension-release.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { type Finding, finding } from '../finding.ts';
import { ARCHITECTURES } from './architectures.ts';

/** What the user says about the hosts of an extension. */
export interface ReleaseOptions {
  /** NAME of NAME.raw. */
  readonly name: string;
  /** Absent: the tree's own file decides. */
  readonly host?: {
    readonly id: string;
    readonly sysextLevel?: string;
    readonly versionId?: string;
  };
  /** systemd's name, or `auto`. */
  readonly architecture: string;
  readonly reload: 'auto' | 'always' | 'never';
}

export interface TreeRelease {
  readonly extension: Omit<ExtensionMetadata, 'architecture' | 'reloadManager'>;
  /** systemd's name, `_any`, or `auto` to ask the programs. */
  readonly architecture: string;
  readonly reload: ReleaseOptions['reload'];
  readonly findings: readonly Finding[];
}

/** The keys that {@link ExtensionMetadata} has a place for. */
const KNOWN: ReadonlySet<string> = new Set([
  'ID',
  'SYSEXT_LEVEL',
  'VERSION_ID',
  'ARCHITECTURE',
  'EXTENSION_RELOAD_MANAGER',
]);

/**
 * Brings together what the tree's own extension-release file says and what the user says, who has the last word.
 * @param text of that file; empty when there is none
 */
export function treeRelease(text: string, options: ReleaseOptions): TreeRelease {
  const { name, architecture, reload } = options;
  const { fields, invalidLines } = parseExtensionRelease(text);
  const further = [...fields].filter(([key]) => !KNOWN.has(key));
  const extension = {
    name,
    ...hostOf(fields, options),
    ...(further.length > 0 && { further: Object.fromEntries(further) }),
  };
  const ownReload = unitBoolean(fields.get('EXTENSION_RELOAD_MANAGER') ?? '');
  const path = extensionReleasePath(name);
  return {
    extension,
    architecture: architecture === 'auto' ? fields.get('ARCHITECTURE') || 'auto' : architecture,
    reload: reload === 'auto' && ownReload !== undefined ? RELOAD[`${ownReload}`] : reload,
    findings: [
      ...invalidLines.map(line => ({ line, message: 'is no assignment as in os-release(5)' })),
      ...replaced(fields, options),
      ...mistakesIn(fields, extension, options),
    ].map(details => finding('TX619', { severity: 'warning', path, ...details })),
  };
}

const RELOAD = { true: 'always', false: 'never' } as const;

/** An empty value counts as none, as in os-release(5). */
function hostOf(fields: ReadonlyMap<string, string>, { host }: ReleaseOptions) {
  if (host) return host;
  const sysextLevel = fields.get('SYSEXT_LEVEL') || undefined;
  const versionId = fields.get('VERSION_ID') || undefined;
  const given = {
    ...(sysextLevel !== undefined && { sysextLevel }),
    ...(versionId !== undefined && { versionId }),
  };
  const id = fields.get('ID') || undefined;
  if (id !== undefined) return { id, ...given };
  return { id: 'flatcar', ...((sysextLevel ?? versionId) ? given : { sysextLevel: '1.0' }) };
}

type Details = Omit<Parameters<typeof finding>[1], 'path'>;

function replaced(fields: ReadonlyMap<string, string>, options: ReleaseOptions): Details[] {
  const { host, architecture } = options;
  const said: readonly (readonly [key: string, value: string | undefined])[] = [
    ...(host
      ? ([
          ['ID', host.id],
          ['SYSEXT_LEVEL', host.sysextLevel],
          ['VERSION_ID', host.versionId],
        ] as const)
      : []),
    ...(architecture === 'auto' ? [] : ([['ARCHITECTURE', architecture]] as const)),
  ];
  return said.flatMap(([key, value]) => {
    const own = fields.get(key);
    if (own === undefined || own === value) return [];
    const now = value === undefined ? 'is gone' : `is ${value} now`;
    return [{ severity: 'info' as const, message: `${key}=${own} ${now}, as was asked for` }];
  });
}

function mistakesIn(
  fields: ReadonlyMap<string, string>,
  { id, sysextLevel, versionId }: TreeRelease['extension'],
  { architecture }: ReleaseOptions,
): Details[] {
  const mistakes: Details[] = [];
  if (id !== '_any' && sysextLevel === undefined && versionId === undefined) {
    mistakes.push({
      message: `ID=${id} without SYSEXT_LEVEL or VERSION_ID: only a host without VERSION_ID merges it`,
    });
  }
  const machine = architecture === 'auto' ? fields.get('ARCHITECTURE') : undefined;
  if (machine && machine !== '_any' && !ARCHITECTURES.has(machine)) {
    mistakes.push({
      severity: 'error',
      message: `ARCHITECTURE=${machine} is no name that systemd has for a machine: no host merges it`,
      fix: { safety: 'manual', description: 'x86-64 or arm64, for example; or --arch' },
    });
  }
  const scope = fields.get('SYSEXT_SCOPE');
  if (scope && !scope.split(/\s+/).includes('system')) {
    mistakes.push({ message: `SYSEXT_SCOPE=${scope}: a running system does not merge it` });
  }
  return mistakes;
}
