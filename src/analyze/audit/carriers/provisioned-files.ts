import { type DocumentKind, documentKind } from '../document-kind.ts';
import type { Embedding } from '../embedding.ts';
import { allMaps, type ConfigMap, type ConfigScalar, ITEM_KEY, scalarText } from './config-map.ts';
import { keyedKind } from './script-place.ts';

/** A file that a provisioning text puts onto nodes. */
export interface ProvisionedFile {
  /** Where the node gets it. */
  readonly nodePath: string;
  /** Range of the path in the carrier's text. */
  readonly start: number;
  readonly end: number;
  /** Addresses and files that its contents come from. */
  readonly sources: readonly ConfigScalar[];
  readonly contents?: Embedding;
  /** It is a link, and this is its target. */
  readonly target?: Embedding;
}

export interface EmbeddedText {
  readonly embedding: Embedding;
  /** As far as the carrier says; else a bare name, or empty. */
  readonly nodePath: string;
  /** Where the carrier says more about it than its path and content. */
  readonly kind?: DocumentKind;
  /** What the decoded text must hash to, `sha512-…`. */
  readonly hash?: Embedding;
}

const PATH_KEYS = ['path', 'target', 'dest', 'destination', 'filename', 'file'];
const CONTENT_KEYS: ReadonlySet<string> = new Set([
  'contents',
  'content',
  'inline',
  'data',
  'body',
  'source',
]);
const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'source',
  'local',
  'url',
  'uri',
  'remote',
  'src',
]);

/** The files in a provisioning text, and every text in it that is more than a word. */
export function provisionedFiles(root: ConfigMap) {
  const files: ProvisionedFile[] = [];
  const texts: EmbeddedText[] = [];
  for (const map of allMaps(root)) {
    const path = ownPath(map);
    if (path && scalarText(map, 'state') !== 'absent') files.push(provisionedFile(path, map));
    let before = '';
    for (const { key, value } of map.scalars.values()) {
      const nodePath = pathOf(map, key);
      const isContent = CONTENT_KEYS.has(key) && nodePath !== '' && !isPathScalar(map, key);
      const isText = /\n./s.test(value.text) || /^data:[^,\s]*,/.test(value.text);
      const isOpen =
        nodePath === '' && value.text !== '' && documentKind('', value.text) === 'settings';
      // A list of arguments over several lines has its script in one of them.
      const kind = isOpen
        ? (keyedKind({ list: map.key, key, before }) ??
          (isText && isItem(key) ? 'shell' : undefined))
        : nodePath === key
          ? proseKind(key)
          : undefined;
      before = value.text;
      if (!isText && !kind && !(isContent && value.text !== '')) continue;
      const hash = hashOf(map);
      texts.push({ embedding: value, nodePath, ...(hash && { hash }), ...(kind && { kind }) });
    }
  }
  return { files, texts };
}

/** A ConfigMap may hold documentation as well. */
function proseKind(name: string): 'prose' | undefined {
  return keyedKind({ key: name, list: '', before: '' }) === 'prose' ? 'prose' : undefined;
}

function isItem(key: string): boolean {
  return key.startsWith(ITEM_KEY);
}

/** Ignition refuses a file whose contents do not match it. */
function hashOf(map: ConfigMap): Embedding | undefined {
  return map.children.find(({ key }) => key === 'verification')?.scalars.get('hash')?.value;
}

function isPathScalar(map: ConfigMap, key: string): boolean {
  return (
    ownPath(map)?.key === key ||
    (SOURCE_KEYS.has(key) && !/^data:/.test(scalarText(map, key) ?? ''))
  );
}

function ownPath(map: ConfigMap): ConfigScalar | undefined {
  for (const key of PATH_KEYS) {
    const scalar = map.scalars.get(key);
    if (scalar && FILE_PATH.test(scalar.value.text) && !isHostPath(map)) return scalar;
  }
  return;
}

/** As opposed to a search path. */
const FILE_PATH = /^\/(?!\S*:[/$])\S*$/;

/** Kubernetes mounts such a path, and puts nothing there. */
function isHostPath(map: ConfigMap): boolean {
  return /^(?:hostPath|local)$/.test(map.key);
}

/** Slashes too many and single dots lead nowhere else. */
function withoutDetours(path: string): string {
  return path.replace(/\/(?:\.?\/)+/g, '/');
}

function provisionedFile({ key, value }: ConfigScalar, map: ConfigMap): ProvisionedFile {
  const below = [...ownScalars(map)];
  const contents = below.find(
    scalar => scalar.key !== key && CONTENT_KEYS.has(scalar.key) && isInline(scalar),
  );
  const target = key === 'path' ? map.scalars.get('target')?.value : undefined;
  return {
    nodePath: withoutDetours(value.text),
    start: value.start,
    end: value.end,
    sources: below.filter(
      scalar =>
        scalar.key !== key &&
        SOURCE_KEYS.has(scalar.key) &&
        !isInline(scalar) &&
        scalar.value.text !== '',
    ),
    ...(contents && { contents: contents.value }),
    ...(target && { target }),
  };
}

/** Those of the map and of the maps below it that are no files of their own. */
function* ownScalars(map: ConfigMap): Generator<ConfigScalar> {
  yield* map.scalars.values();
  for (const child of map.children) if (!ownPath(child)) yield* ownScalars(child);
}

function isInline({ key, value }: ConfigScalar): boolean {
  return SOURCE_KEYS.has(key) ? /^data:/.test(value.text) : value.text !== '';
}

/** The path of the file whose contents stand under `key`: the map's own, that of one around it, or a unit's. */
function pathOf(map: ConfigMap, key: string): string {
  if (/^[\w@.-]+\.[\w-]+$/.test(key) && !MODULE.test(key)) return key;
  for (
    let at: ConfigMap | undefined = map, level = 0;
    at && level < 4;
    at = at.parent, level += 1
  ) {
    const path = ownPath(at)?.value.text;
    if (path !== undefined) return withoutDetours(path);
    const unit = unitPath(at);
    if (unit !== undefined) return unit;
  }
  return '';
}

/** The full name of a module of Ansible, as opposed to a file of a ConfigMap. */
const MODULE = /^(?:ansible\.(?:builtin|legacy|posix|windows)|community\.\w+)\.\w+$/;

function unitPath(map: ConfigMap): string | undefined {
  const name = scalarText(map, 'name') ?? scalarText(map, 'filename') ?? '';
  if (/^[^\s/]+\.(?:service|socket|target|mount|automount|swap|timer|path|slice)$/.test(name)) {
    return `/etc/systemd/system/${name}`;
  }
  if (!/^[^\s/]+\.conf$/.test(name)) return;
  for (let at = map.parent, level = 0; at && level < 3; at = at.parent, level += 1) {
    const unit = unitPath(at);
    if (unit !== undefined) return unit.endsWith('.conf') ? undefined : `${unit}.d/${name}`;
  }
  return;
}
