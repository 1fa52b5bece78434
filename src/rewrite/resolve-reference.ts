import type { TorcxMeaning } from '../analyze/torcx-path.ts';
import type { TorcxReference } from '../analyze/torcx-reference.ts';
import { parentsOf } from '../path-names.ts';
import type { RewriteContext } from './rewrite-context.ts';

/** The conversion, and what the text itself says about its variables. */
export interface ResolveScope extends RewriteContext {
  /** Variables that the text gives a constant value. */
  readonly constants: ReadonlyMap<string, string>;
  /** Those of them whose value becomes the final path where it is set, so that the variable stays in use. */
  readonly moved?: ReadonlySet<string>;
}

/** The scope of a text that gives these variables a constant value. */
export function resolveScope(
  context: RewriteContext,
  constants: ReadonlyMap<string, string>,
): ResolveScope {
  return {
    imageName: context.imageName,
    mapsAllImages: context.mapsAllImages ?? false,
    mapPath: path => context.mapPath(path),
    mapBin: name => context.mapBin(name),
    environment: name => context.environment?.(name),
    constants,
  };
}

/** What takes the place of a reference, or why nothing can. */
export type Resolution = Replacement | Unresolved;

export interface Replacement {
  readonly to: string;
  /** Where the replaced text ends: behind the reference or behind its tail. */
  readonly end: number;
  readonly note?: string;
}

export interface Unresolved {
  readonly reason: string;
}

/** Tells the two kinds of {@link Resolution} apart. */
export function isReplacement(resolution: Resolution): resolution is Replacement {
  return 'to' in resolution;
}

/** The final path that a reference means after the conversion. */
export function resolveReference(reference: TorcxReference, scope: ResolveScope): Resolution {
  const resolution = resolveMeaning(reference, scope);
  if (!isReplacement(resolution)) return resolution;
  if (!/^[\p{L}\p{N}\p{M}_./+@^~:,=-]*$/u.test(resolution.to)) {
    return { reason: `the final path ${JSON.stringify(resolution.to)} would need quoting` };
  }
  if (!reference.escapedSlashes) return resolution;
  return { ...resolution, to: resolution.to.replaceAll('/', '\\/') };
}

const BIN_DIR = '/usr/bin';

const REASONS: Readonly<Record<TorcxMeaning['kind'], string>> = {
  bin: 'the path is computed',
  unpack: 'the path is computed',
  'image-dir': 'TORCX_IMAGEDIR only means something behind the unpack directory',
  seal: "Torcx's environment file does not exist any more",
  target: 'torcx.target does not exist any more',
  profile: 'Torcx profiles have no successor; systemd-sysext list says what is merged',
  'run-dir': "Torcx's run-time directory has no successor",
  config: "nobody reads Torcx's configuration any more",
  store: "nobody reads Torcx's store any more",
  name: 'a variable of Torcx is used by its name',
};

function resolveMeaning(reference: TorcxReference, scope: ResolveScope): Resolution {
  const { meaning, operator, root } = reference;
  if (operator !== undefined) return { reason: `'${operator}' changes the value at run time` };
  if (root.startsWith('.')) return { reason: 'the path is relative' };
  if (meaning.kind === 'bin') return resolveBin(meaning.name, reference, scope);
  if (meaning.kind === 'unpack') return resolveUnpack(meaning, reference, scope);
  return { reason: REASONS[meaning.kind] };
}

function resolveBin(
  name: string | undefined,
  { tail, end }: TorcxReference,
  scope: ResolveScope,
): Resolution {
  if (name === undefined) {
    const staysBelow = tail === '' || (tail.startsWith('/') && !climbs(tail));
    return staysBelow ? { to: BIN_DIR, end } : { reason: REASONS.bin };
  }
  if (tail !== '') return { reason: REASONS.bin };
  const to = scope.mapBin(name);
  if (to !== undefined) return { to, end };
  const note = `${name} is no program of this image: ${BIN_DIR}/${name} has to come from the base system or another extension`;
  return { to: `${BIN_DIR}/${name}`, end, note };
}

type UnpackMeaning = Extract<TorcxMeaning, { readonly kind: 'unpack' }>;

function resolveUnpack(
  meaning: UnpackMeaning,
  reference: TorcxReference,
  scope: ResolveScope,
): Resolution {
  const { imageName } = scope;
  const directory = meaning.imageDir ? variableValue('TORCX_IMAGEDIR', scope) : meaning.image;
  let [image, ...path] = components(
    `${directory ?? (meaning.imageDir ? imageName : '')}/${meaning.path ?? ''}`,
  );
  let { tail, end } = reference;
  if (image === undefined && startsWithComponent(tail, imageName)) {
    // `/docker${CONFIG}`: the finder cannot know that a variable in a name may begin with a slash.
    image = imageName;
    end += imageName.length + 1;
    tail = tail.slice(imageName.length + 1);
  }
  if (image !== undefined && image !== imageName && !scope.mapsAllImages) {
    return { reason: `the file belongs to another image, ${image}` };
  }
  const place = { path: path.join('/'), tail, end };
  if (image === undefined) return resolveUnnamed(place, scope);
  return tail === '' ? mapInImage(place.path, end, scope) : resolveTail(place, scope);
}

/** A path in the image as far as it is fixed, what follows in the text, and where the fixed part ends there. */
interface OpenPath {
  readonly path: string;
  readonly tail: string;
  readonly end: number;
}

/** The unpack directory itself, or an image whose name is in a variable. */
function resolveUnnamed({ tail, end }: OpenPath, scope: ResolveScope): Resolution {
  const [image, ...path] = components(expandVariables(tail, scope) ?? '');
  if (image === scope.imageName || (image !== undefined && scope.mapsAllImages))
    return mapInImage(path.join('/'), end + tail.length, scope);
  if (tail !== '') return { reason: 'the name of the image is computed' };
  return { reason: 'the directory of all unpacked images has no successor' };
}

function resolveTail({ path, tail, end }: OpenPath, scope: ResolveScope): Resolution {
  const variable = WHOLE_VARIABLE.exec(tail);
  const name = variable?.[1] ?? variable?.[2];
  if (name !== undefined && path === '') return resolvePrefix({ name, tail, end }, scope);
  if (tail.startsWith('/') && !climbs(tail)) {
    const directory = scope.mapPath(path);
    if (directory !== undefined) return { to: directory, end };
  }
  const expanded = expandVariables(tail, scope);
  if (expanded === undefined) return { reason: REASONS.unpack };
  return mapInImage(components(path + expanded).join('/'), end + tail.length, scope);
}

/** `${TORCX_UNPACKDIR}/docker${CONFIG}`: the prefix put an absolute path into the image. */
function resolvePrefix(
  { name, tail, end }: { readonly name: string; readonly tail: string; readonly end: number },
  scope: ResolveScope,
): Resolution {
  const value = variableValue(name, scope);
  if (scope.moved?.has(name)) return { to: '', end };
  if (value === undefined) {
    return { to: '', end, note: `${name} is set elsewhere; its value is used as it stands now` };
  }
  const path = components(value).join('/');
  const final = scope.mapPath(path);
  if (final === undefined) {
    const note = `${name} is ${value}, which is not in the image; the file of that name on the system is used now`;
    return { to: '', end, note };
  }
  return final === `/${path}` ? { to: '', end } : { to: final, end: end + tail.length };
}

/**
 * The final path of a file of the image. What the image lacks goes where its directory went: it was missing under
 * Torcx too, since nothing could be written below the unpack directory.
 */
function mapInImage(path: string, end: number, scope: ResolveScope): Resolution {
  const to = scope.mapPath(path);
  if (to !== undefined) return { to, end };
  if (path === '') return { reason: 'the files of the image went to several places' };
  for (const parent of parentsOf(path)) {
    const directory = scope.mapPath(parent);
    if (directory === undefined) continue;
    const to = directory + path.slice(parent.length);
    return { to, end, note: `${path} is not in the image` };
  }
  return { reason: `${path} is not in the image, or its files went to several places` };
}

const VARIABLE = /[\\$]{0,4}\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;
const WHOLE_VARIABLE = /^[\\$]{0,4}\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))$/;

/** The finder cuts a tail off at this length, so that a longer one cannot be known whole. */
const LONGEST_TAIL = 200;

/** `tail` with the values of its variables; undefined while anything in it is open. */
export function expandVariables(tail: string, scope: ResolveScope): string | undefined {
  if (tail.length >= LONGEST_TAIL) return;
  const expanded = tail.replace(VARIABLE, (_, braced?: string, plain?: string) => {
    return variableValue(braced ?? plain ?? '', scope) ?? '$';
  });
  return /^[\p{L}\p{N}\p{M}_./+@~-]*$/u.test(expanded) && !climbs(expanded) ? expanded : undefined;
}

function variableValue(name: string, scope: ResolveScope): string | undefined {
  return scope.constants.get(name) ?? scope.environment?.(name);
}

function startsWithComponent(tail: string, name: string): boolean {
  return tail.startsWith(`/${name}`) && /^[\\$]{0,4}\$[A-Za-z_{]/.test(tail.slice(name.length + 1));
}

function components(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.');
}

function climbs(path: string): boolean {
  return path.split('/').includes('..');
}
