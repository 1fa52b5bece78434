import { assertExtensionName } from '../extension-name.ts';
import { usageError } from '../usage-error.ts';
import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import { type ExtensionOptions, extensionOptions } from './extension-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { type ImageOptions, imageOptions } from './image-options.ts';
import { RELEASES } from './option-groups/docker.ts';
import { OPTIONS } from './option-table.ts';
import { yesOrNo } from './option-values.ts';
import type { Environment, Settings } from './settings.ts';

/** An image of Docker's static release, with every value checked. */
export interface DockerOptions extends ExtensionOptions, ImageOptions {
  readonly mode: 'docker';
  readonly release: DockerRelease;
  /** The one part that is wanted; absent: both. */
  readonly only?: 'docker' | 'containerd';
  /** Of the archive, in hexadecimal. */
  readonly sha256?: string;
}

export type DockerRelease =
  | { readonly version: string; readonly mirror?: string; readonly url: string }
  /** As it was given; `-` is standard input. */
  | { readonly path: string };

/** What a release of Docker has no use for. */
const WITHOUT_EFFECT = [OPTIONS.keepSelinux, OPTIONS.drop, OPTIONS.keep];

/** @throws ToolError `usage` for the first thing that makes no sense */
export function dockerOptions(
  operands: readonly string[],
  settings: Settings,
  { env, display }: { readonly env: Environment; readonly display: DisplayOptions },
): DockerOptions {
  assertNoIdleOption(settings, WITHOUT_EFFECT, OPTIONS.docker);
  const only = settings.value(OPTIONS.only) ?? onlyOf(env);
  const sha256 = settings.value(OPTIONS.sha256);
  const extension = extensionOptions(settings);
  const { release, architecture } = releaseOf(settings, extension.architecture);
  return {
    mode: 'docker',
    ...extension,
    ...imageOptions(nameOf(operands, only), settings, display),
    architecture,
    release,
    ...(only !== undefined && { only }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

function nameOf([name, ...further]: readonly string[], only: string | undefined): string {
  assertNoOperand(further, 'torcx2sysext --docker VERSION NAME');
  const chosen = name ?? only ?? 'docker';
  assertExtensionName(chosen);
  return chosen;
}

/** What the old shell script took. */
function onlyOf({ ONLY_DOCKER, ONLY_CONTAINERD }: Environment): DockerOptions['only'] {
  const docker = Boolean(ONLY_DOCKER) && yesOrNo(ONLY_DOCKER ?? '', 'ONLY_DOCKER');
  const containerd = Boolean(ONLY_CONTAINERD) && yesOrNo(ONLY_CONTAINERD ?? '', 'ONLY_CONTAINERD');
  if (docker && containerd) throw usageError('ONLY_DOCKER and ONLY_CONTAINERD exclude each other');
  return docker ? 'docker' : containerd ? 'containerd' : undefined;
}

type Chosen = Pick<DockerOptions, 'release' | 'architecture'>;

/** A version by its form; everything else is a file, also one in this directory that is called `./28.5.1`. */
function releaseOf(settings: Settings, wanted: ExtensionOptions['architecture']): Chosen {
  const text = settings.value(OPTIONS.docker) ?? '';
  const mirror = settings.value(OPTIONS.mirror);
  if (!/^\d+(\.\d+)*(-[a-z\d.]+)*$/.test(text)) {
    if (/^(v\d[\d.]*|latest|stable)$/i.test(text)) {
      throw usageError(`'${text}' is no version and no file`, `a version that ${RELEASES} lists`);
    }
    if (mirror !== undefined) throw usageError(`--mirror needs a version; '${text}' is a file`);
    return { release: { path: text }, architecture: wanted };
  }
  if (mirror?.startsWith('http:') && settings.value(OPTIONS.sha256) === undefined) {
    throw usageError(
      `--mirror ${mirror} needs --sha256: over http anybody on the way could give another archive`,
    );
  }
  // As the old shell script did: without a word from the user, for the machines that most are.
  const architecture = wanted === 'auto' ? 'x86-64' : wanted;
  const directory = (mirror ?? RELEASES).replace(/\/+$/, '');
  const url = `${directory}/${MACHINES[architecture]}/docker-${text}.tgz`;
  const release = { version: text, ...(mirror !== undefined && { mirror }), url };
  return { release, architecture };
}

/** The kernel's names for them, by which Docker sorts its releases. */
const MACHINES = { 'x86-64': 'x86_64', arm64: 'aarch64' } as const;
