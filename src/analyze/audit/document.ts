import { parseUnitFile, type UnitFile } from '../unit-file.ts';
import type { ConfigMap } from './carriers/config-map.ts';
import { base64Text, dataUrl } from './carriers/data-url.ts';
import { encodedRuns } from './carriers/encoded-runs.ts';
import { hereDocuments } from './carriers/here-documents.ts';
import { jsonMap } from './carriers/json-map.ts';
import {
  type EmbeddedText,
  type ProvisionedFile,
  provisionedFiles,
} from './carriers/provisioned-files.ts';
import { terraformMap } from './carriers/terraform-map.ts';
import { textLiterals, unitLiterals } from './carriers/text-literals.ts';
import { type UnpackBudget, unpackBudget } from './carriers/unpack-budget.ts';
import { yamlMap } from './carriers/yaml-map.ts';
import { type DocumentKind, documentKind } from './document-kind.ts';
import type { Embedding } from './embedding.ts';
import { LineIndex } from './line-index.ts';
import { RangeSet } from './range-set.ts';

/** A text that the rules judge: a file of the tree, or what is embedded in one. */
export interface Document {
  /** As the node has it; for an embedded text perhaps only a name, or empty. */
  readonly nodePath: string;
  readonly kind: DocumentKind;
  readonly text: string;
  readonly lines: LineIndex;
  /** For the kind `unit`. */
  readonly unit?: UnitFile;
  readonly parent?: {
    readonly document: Document;
    readonly embedding: Embedding;
    readonly hash?: Embedding;
  };
  readonly children: readonly Document[];
  /** Where the children are. */
  readonly embedded: RangeSet;
  /** What it puts onto nodes, with places in its own text. */
  readonly files: readonly ProvisionedFile[];
}

/**
 * Ignition in a ConfigMap in a heredoc with a script that writes a unit: nobody needs more than this. What is deeper is
 * not taken apart, and read as it stands.
 */
const MAX_DEPTH = 8;

interface ReadOptions {
  readonly kind?: DocumentKind;
  /** Says afterwards whether something was left packed. */
  readonly budget?: UnpackBudget;
}

/** Takes a text apart, down to what is embedded in its embedded texts. */
export function readDocument(
  nodePath: string,
  text: string,
  { kind = documentKind(nodePath, text), budget = unpackBudget() }: ReadOptions = {},
): Document {
  return read({ nodePath, text, kind, budget }, 0);
}

interface Source {
  readonly kind?: DocumentKind;
  readonly nodePath: string;
  readonly text: string;
  readonly parent?: Document['parent'];
  readonly budget: UnpackBudget;
}

function read(source: Source, depth: number): Document {
  const { nodePath, text, parent, budget } = source;
  const own = kindOf(source);
  const kind = depth < MAX_DEPTH || own === 'unit' ? own : 'settings';
  const children: Document[] = [];
  const { files, texts } = contentsOf(kind, source);
  const holdsRuns = kind !== 'encoded' && kind !== 'prose' && depth < MAX_DEPTH;
  const runs = holdsRuns ? encodedRuns(text, budget) : [];
  const inner = outermost([...texts, ...runs]).filter(({ embedding, nodePath: path }) =>
    mayConcernTorcx(embedding.text, path),
  );
  const document: Document = {
    nodePath,
    kind,
    text,
    lines: new LineIndex(text),
    ...(kind === 'unit' && { unit: parseUnitFile(text) }),
    ...(parent && { parent }),
    children,
    embedded: new RangeSet(inner.map(({ embedding }) => embedding)),
    files,
  };
  for (const { embedding, nodePath: path, hash, kind: known } of inner) {
    const source = {
      ...(known && { kind: known }),
      nodePath: path,
      text: embedding.text,
      parent: { document, embedding, ...(hash && { hash }) },
      budget,
    };
    children.push(read(source, depth + 1));
  }
  return document;
}

function kindOf({ kind, nodePath, text, parent }: Source): DocumentKind {
  // A path has the characters of base64 as well.
  const isEncoded = parent !== undefined && !NAMES.test(text) && isBase64(text);
  return kind ?? (isEncoded ? 'encoded' : documentKind(nodePath, text));
}

const NOTHING = { files: [], texts: [] };

function contentsOf(kind: DocumentKind, { nodePath, text, budget }: Source) {
  switch (kind) {
    case 'json':
      return fromMap(jsonMap(text));
    case 'yaml':
      return fromMap(yamlMap(text));
    case 'terraform':
      return fromMap(terraformMap(text));
    case 'shell':
    case 'dockerfile':
      return { files: [], texts: [...hereDocuments(text), ...unitLiterals(text)] };
    case 'source':
      return { files: [], texts: [...textLiterals(text), ...unitLiterals(text)] };
    case 'encoded':
      return {
        files: [],
        texts: decoded(dataUrl(text, budget) ?? base64Text(text, { budget }), nodePath),
      };
    default:
      return NOTHING;
  }
}

function fromMap(map: ConfigMap | undefined) {
  return map ? provisionedFiles(map) : NOTHING;
}

function decoded(embedding: Embedding | undefined, nodePath: string): EmbeddedText[] {
  return embedding ? [{ embedding, nodePath }] : [];
}

function outermost(texts: readonly EmbeddedText[]): EmbeddedText[] {
  // An alias and its anchor are the same text; where it goes is known of one of them.
  const sorted = [...texts].sort(
    (a, b) =>
      a.embedding.start - b.embedding.start ||
      Number(a.nodePath === '') - Number(b.nodePath === ''),
  );
  let end = -1;
  return sorted.filter(({ embedding }) => {
    if (embedding.start < end) return false;
    end = embedding.end;
    return true;
  });
}

/** Cheap enough to ask for every text; encoded ones may hold anything. */
export function mayConcernTorcx(text: string, nodePath: string): boolean {
  return NAMES.test(nodePath) || NAMES.test(text) || ENCODINGS.test(text) || isBase64(text);
}

const NAMES = /torcx|TORCX_|docker-1\.12|CONTAINERD_CONFIG|\/extensions\//;

/**
 * Words beside a text that cannot be read off its bytes, a percent-encoded data URL, `torcx` and `TORCX` as base64 has
 * them at each of its three offsets, and how gzip begins there.
 */
const ENCODINGS =
  /base64|b64|data:[^\s,]{0,200},|Secret|binaryData|!!binary|G9yY3|RvcmN4|0b3Jje|VE9SQ1|RPUkNY|UT1JDW|H4sI/;

/** Shorter texts hold no reference, and many words look like base64. */
const SHORTEST_BASE64 = 16;

function isBase64(text: string): boolean {
  const encoded = text.trim();
  return (
    encoded.length >= SHORTEST_BASE64 &&
    /^[A-Za-z0-9+/\s]+={0,2}$/.test(encoded) &&
    encoded.replace(/\s/g, '').length % 4 === 0
  );
}

/** Where `offset` of the document lies in the file of the tree. */
export function rootOffset(document: Document, offset: number): number {
  const { parent } = document;
  return parent ? rootOffset(parent.document, parent.embedding.outerOffset(offset)) : offset;
}

export function rootOf(document: Document): Document {
  return document.parent ? rootOf(document.parent.document) : document;
}

/** What editors and package managers leave behind, and nothing reads. */
export function isCopy(document: Document): boolean {
  const { nodePath } = rootOf(document);
  return /(?:~|\.(?:bak|old|orig|save|disabled|off|rpmsave|rpmorig|rpmnew|swp|dpkg-\w+|ucf-\w+))$/.test(
    nodePath,
  );
}

/** The document and everything embedded in it. */
export function* allDocuments(document: Document): Generator<Document> {
  yield document;
  for (const child of document.children) yield* allDocuments(child);
}
