import { type JsonNode, parseStrictJson } from '../strict-json.ts';

/** An image that a profile selects. */
export interface ProfileImage {
  readonly name: string;
  /** Empty in an upper profile: the image of a lower one is taken away. */
  readonly reference: string;
  readonly remote?: string;
  readonly line: number;
}

/** One of Torcx's own JSON files: `{"kind": …, "value": …}`. */
export interface TorcxJson {
  readonly kind: string;
  /** Of a profile; else empty. */
  readonly images: readonly ProfileImage[];
  /** Of the configuration; else empty. */
  readonly storePaths: readonly string[];
  /** Of the configuration; empty where it says nothing. */
  readonly baseDirectory: string;
}

export interface JsonDamage {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

/** What the file says; a member that is missing or of another type counts as empty. */
export function parseTorcxJson(text: string): TorcxJson | JsonDamage {
  const root = parse(text);
  if ('reason' in root) return root;
  const value = member(root, 'value');
  const kind = stringOf(member(root, 'kind'));
  const images = items(value && member(value, 'images')).map(image => {
    const remote = stringOf(member(image, 'remote'));
    return {
      name: stringOf(member(image, 'name')),
      reference: stringOf(member(image, 'reference')),
      ...(remote !== '' && { remote }),
      line: image.line,
    };
  });
  return {
    kind,
    images,
    storePaths: items(value && member(value, 'store_paths')).map(stringOf),
    baseDirectory: stringOf(value && member(value, 'base_dir')),
  };
}

class Damaged extends Error {
  readonly damage: JsonDamage;

  constructor(damage: JsonDamage) {
    super(damage.reason);
    this.damage = damage;
  }
}

function parse(text: string): JsonNode | JsonDamage {
  try {
    return parseStrictJson(text, (reason, at) => new Damaged({ reason, ...at }));
  } catch (error) {
    if (error instanceof Damaged) return error.damage;
    throw error;
  }
}

function member(node: JsonNode, key: string): JsonNode | undefined {
  return node.type === 'object' ? node.members.get(key) : undefined;
}

function items(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.type === 'array' ? node.items : [];
}

/** The text of a JSON string; empty for everything else. */
function stringOf(node: JsonNode | undefined): string {
  return typeof node?.value === 'string' ? node.value : '';
}
