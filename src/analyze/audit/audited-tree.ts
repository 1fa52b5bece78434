import { pathText } from '../../path-text.ts';
import type { AuditEntry, AuditPlace } from './audit-entry.ts';
import { MOST_UNPACKED, unpackBudget } from './carriers/unpack-budget.ts';
import { readConfiguration } from './configuration-file.ts';
import { allDocuments, type Document, mayConcernTorcx, readDocument } from './document.ts';
import { documentKind } from './document-kind.ts';
import { type Node, type NodeFacts, nodeFacts, nodeOf } from './node.ts';
import { configuredStores } from './node-context.ts';
import { isOsRelease, parseOsRelease } from './os-release.ts';
import { provisionedNode } from './provisioned-node.ts';
import { torcxPlace } from './torcx-place.ts';

/** An entry of the tree that a rule may have something to say about. */
export interface AuditedEntry {
  readonly path: string;
  readonly nodePath: string;
  readonly diskPath: string;
  /** The node that the entry is a part of. */
  readonly node: Node;
  /** The nodes that its text provisions; for most texts there are none. */
  readonly provisioned: Node;
  readonly target?: string;
  readonly document?: Document;
  readonly size?: number;
  readonly isDirectory?: true;
}

interface KeptEntry extends Omit<AuditedEntry, 'node' | 'provisioned'> {
  readonly facts: NodeFacts;
}

interface Remark {
  readonly path: string;
  readonly reason: string;
}

type FileEntry = Extract<AuditEntry, { readonly kind: 'file' }>;

/** Takes the entries of all trees, and keeps of them what the rules need. */
export class AuditedTree {
  files = 0;
  readonly unreadable: Remark[] = [];
  readonly unparsed: Remark[] = [];
  readonly skipped: Remark[] = [];
  readonly #kept: KeptEntry[] = [];
  /** By their root, so that several nodes in one tree do not get mixed up. */
  readonly #nodes = new Map<string, NodeFacts>();
  /** Those of them that have something of Torcx, so that the rest of it has to be known too. */
  readonly #open = new Set<NodeFacts>();

  add(entry: AuditEntry): void {
    const { path } = entry;
    if (entry.nodePath.includes('/extensions/')) this.#factsOf(entry).extensions.add(entry);
    switch (entry.kind) {
      case 'unreadable':
        this.unreadable.push({ path, reason: entry.reason });
        break;
      case 'skipped':
        this.skipped.push({ path, reason: entry.reason });
        break;
      case 'symlink':
        this.#addLink(entry, entry.target);
        break;
      case 'directory':
        this.#addDirectory(entry);
        break;
      case 'file':
        this.files += 1;
        this.#addFile(entry);
        break;
    }
  }

  /** Roots of the nodes about which more has to be known than the entries so far. */
  openRoots(): string[] {
    return [...this.#open].map(({ root }) => root);
  }

  /** Stores of a node that are in no usual place. */
  configuredStores(root: string): string[] {
    return configuredStores(this.#nodes.get(root)?.configuration ?? []);
  }

  /** An entry that is neither counted nor judged, and only has a say in how others are. */
  addContext(entry: AuditEntry): void {
    const facts = this.#factsOf(entry);
    const { nodePath } = entry;
    if (entry.kind === 'unreadable') facts.isPartlyUnknown = true;
    if (entry.kind === 'symlink' && !facts.links.has(nodePath))
      facts.links.set(nodePath, entry.target);
    if (entry.kind !== 'file') return;
    readRelease(entry, facts);
    const isKnown = facts.configuration.some(file => file.nodePath === nodePath);
    if (isKnown || !torcxPlace(nodePath)) return;
    facts.configuration.push(readConfiguration(entry, pathText(entry.bytes)).file);
  }

  subjects(): AuditedEntry[] {
    const nodes = new Map([...this.#nodes.values()].map(facts => [facts, nodeOf(facts, false)]));
    const none = nodeOf(nodeFacts(), true);
    return this.#kept.flatMap(({ facts, ...entry }) => {
      const node = nodes.get(facts);
      if (!node) return [];
      const isCarrier =
        entry.document !== undefined && [...allDocuments(entry.document)].length > 1;
      const hasFiles = (entry.document?.files.length ?? 0) > 0;
      const provisioned =
        entry.document && (isCarrier || hasFiles) ? provisionedNode(entry.document) : none;
      return [{ ...entry, node, provisioned }];
    });
  }

  #addLink(entry: AuditPlace, target: string): void {
    const { nodePath } = entry;
    const facts = this.#factsOf(entry);
    facts.links.set(nodePath, target);
    this.#keep(entry, { target, facts });
  }

  #addDirectory(entry: AuditPlace): void {
    if (!/^\/(?:etc|run|var\/lib)\/extensions(?:\/[^/]+)?$/.test(entry.nodePath)) return;
    const facts = this.#factsOf(entry);
    this.#open.add(facts);
    this.#keep(entry, { isDirectory: true, facts });
  }

  #addFile(entry: FileEntry): void {
    const { path, nodePath, bytes } = entry;
    if (isHistory(path)) return;
    const size = bytes.length;
    const place = torcxPlace(nodePath);
    if (isBinary(bytes)) {
      const facts = this.#factsOf(entry);
      if (!place) this.skipped.push({ path, reason: 'a binary file' });
      if (place) this.#addConfiguration(entry, '', facts);
      this.#keep(entry, { facts, size });
      return;
    }
    const text = pathText(bytes);
    if (isOsRelease(nodePath)) readRelease(entry, this.#factsOf(entry));
    const kind = documentKind(nodePath, text);
    const isUnit = kind === 'unit';
    if (isLinkAsFile(text) && (isUnit || !isList(nodePath))) {
      this.#addLink(entry, text);
      return;
    }
    if (!place && !isUnit && !mayConcernTorcx(text, nodePath) && !nodePath.includes('/extensions/'))
      return;
    const facts = this.#factsOf(entry);
    const budget = unpackBudget();
    const document = readDocument(nodePath, text, { kind, budget });
    if (budget.isExceeded) {
      // A file is counted among the one or the other.
      this.files -= 1;
      this.unreadable.push({ path, reason: PACKED });
    }
    if (isUnit || text.includes('TORCX_')) facts.documents.push(document);
    if (place) this.#addConfiguration(entry, text, facts);
    this.#keep(entry, { facts, document, size });
  }

  #addConfiguration(entry: AuditPlace, text: string, facts: NodeFacts): void {
    this.#open.add(facts);
    const { file, damage } = readConfiguration(entry, text);
    facts.configuration.push(file);
    if (!damage) return;
    const reason = `${damage.line}:${damage.column} ${damage.reason}`;
    this.unparsed.push({ path: entry.path, reason });
  }

  #keep({ path, nodePath, diskPath }: AuditPlace, rest: Omit<KeptEntry, keyof AuditPlace>): void {
    this.#kept.push({ path, nodePath, diskPath, ...rest });
  }

  #factsOf({ nodeRoot }: AuditPlace): NodeFacts {
    const known = this.#nodes.get(nodeRoot);
    if (known) return known;
    const facts = nodeFacts(nodeRoot);
    this.#nodes.set(nodeRoot, facts);
    return facts;
  }
}

const PACKED = `what is embedded unpacks to more than ${MOST_UNPACKED >> 20} MiB`;

function readRelease({ nodePath, bytes }: FileEntry, facts: NodeFacts): void {
  if (isOsRelease(nodePath)) facts.release ??= parseOsRelease(nodePath, pathText(bytes));
}

/** What a version control system keeps for itself speaks of what once was. */
function isHistory(path: string): boolean {
  return /(?:^|\/)\.(?:git|hg|svn|bzr)\//.test(path);
}

/** What git makes of a link where it cannot make links (`core.symlinks`): a file of the target alone. */
function isLinkAsFile(text: string): boolean {
  return text.length < 4096 && /^(?:\.\.)?\/\S+$/.test(text);
}

/** A list may have one path, and no line end behind it. */
function isList(nodePath: string): boolean {
  return /\.(?:conf|list|txt)$/.test(nodePath);
}

/** A NUL in the beginning is what git and grep go by too. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8192).includes(0);
}
