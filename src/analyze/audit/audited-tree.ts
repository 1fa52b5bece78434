import { pathText } from '../../path-text.ts';
import type { AuditEntry } from './audit-result.ts';
import { allDocuments, type Document, mayConcernTorcx, readDocument } from './document.ts';
import { documentKind } from './document-kind.ts';
import { type Node, type NodeFacts, nodeFacts, nodeOf } from './node.ts';
import type { ConfigurationFile } from './selection.ts';
import { parseTorcxJson } from './torcx-json.ts';
import { torcxPlace } from './torcx-place.ts';

/** An entry of the tree that a rule may have something to say about. */
export interface AuditedEntry {
  readonly path: string;
  readonly nodePath: string;
  /** The node that the entry is a part of. */
  readonly node: Node;
  /** The nodes that its text provisions; for most texts there are none. */
  readonly provisioned: Node;
  readonly target?: string;
  readonly document?: Document;
  readonly size?: number;
}

interface KeptEntry extends Omit<AuditedEntry, 'node' | 'provisioned'> {
  readonly facts: NodeFacts;
}

interface Remark {
  readonly path: string;
  readonly reason: string;
}

/** Takes the entries of all trees, and keeps of them what the rules need. */
export class AuditedTree {
  files = 0;
  readonly unreadable: Remark[] = [];
  readonly unparsed: Remark[] = [];
  readonly skipped: Remark[] = [];
  readonly #kept: KeptEntry[] = [];
  /** By what stands before the node's own path, so that several nodes in one tree do not get mixed up. */
  readonly #nodes = new Map<string, NodeFacts>();

  add(entry: AuditEntry): void {
    const { path } = entry;
    switch (entry.kind) {
      case 'unreadable':
        this.unreadable.push({ path, reason: entry.reason });
        break;
      case 'skipped':
        this.skipped.push({ path, reason: entry.reason });
        break;
      case 'symlink':
        this.#addLink(entry);
        break;
      case 'file':
        this.files += 1;
        this.#addFile(entry);
        break;
      default:
        break;
    }
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

  #addLink({ path, nodePath, target }: { path: string; nodePath: string; target: string }): void {
    const facts = this.#factsOf(path, nodePath);
    facts.links.set(nodePath, target);
    this.#kept.push({ path, nodePath, target, facts });
  }

  #addFile({ path, nodePath, bytes }: Extract<AuditEntry, { kind: 'file' }>): void {
    const facts = this.#factsOf(path, nodePath);
    const place = torcxPlace(nodePath);
    if (isBinary(bytes)) {
      if (!place) this.skipped.push({ path, reason: 'a binary file' });
      if (place) facts.configuration.push({ nodePath, path });
      this.#kept.push({ path, nodePath, facts, size: bytes.length });
      return;
    }
    const text = pathText(bytes);
    if (isLinkAsFile(text)) {
      this.#addLink({ path, nodePath, target: text });
      return;
    }
    const isUnit = documentKind(nodePath, text) === 'unit';
    if (!place && !isUnit && !mayConcernTorcx(text, nodePath) && !nodePath.includes('/extensions/'))
      return;
    const document = readDocument(nodePath, text);
    if (isUnit) facts.documents.push(document);
    if (place) facts.configuration.push(this.#configuration({ path, nodePath, text }));
    this.#kept.push({ path, nodePath, facts, document, size: bytes.length });
  }

  #configuration(source: ConfigurationSource): ConfigurationFile {
    const { path, nodePath, text } = source;
    const file = configurationFile(source);
    const kind = torcxPlace(nodePath)?.kind;
    const isJson = kind === 'profile' || kind === 'remote' || kind === 'config';
    if (isJson && !file.json) {
      const json = parseTorcxJson(text);
      if ('reason' in json)
        this.unparsed.push({ path, reason: `${json.line}:${json.column} ${json.reason}` });
    }
    return file;
  }

  #factsOf(path: string, nodePath: string): NodeFacts {
    const root = path.endsWith(nodePath) ? path.slice(0, path.length - nodePath.length) : '';
    const known = this.#nodes.get(root);
    if (known) return known;
    const facts = nodeFacts();
    this.#nodes.set(root, facts);
    return facts;
  }
}

/** The text of one of Torcx's own files. */
interface ConfigurationSource {
  readonly path: string;
  readonly nodePath: string;
  readonly text: string;
}

function configurationFile({ path, nodePath, text }: ConfigurationSource): ConfigurationFile {
  const json = torcxPlace(nodePath)?.kind === 'image' ? undefined : parseTorcxJson(text);
  return { path, nodePath, text, ...(json && !('reason' in json) && { json }) };
}

/** The node that a provisioning text makes, as far as the text tells. */
function provisionedNode(root: Document): Node {
  const facts = nodeFacts();
  for (const document of allDocuments(root)) {
    const { nodePath, text, kind, parent, unit, files } = document;
    if (parent && unit) facts.documents.push(document);
    if (parent && kind !== 'encoded' && torcxPlace(nodePath)) {
      facts.configuration.push(configurationFile({ path: nodePath, nodePath, text }));
    }
    for (const file of files) {
      if (torcxPlace(file.nodePath)?.kind === 'image')
        facts.configuration.push({ path: file.nodePath, nodePath: file.nodePath });
      if (file.target) facts.links.set(file.nodePath, file.target.text);
    }
  }
  return nodeOf(facts, true);
}

/** What git makes of a link where it cannot make links (`core.symlinks`): a file of the target alone. */
function isLinkAsFile(text: string): boolean {
  return text.length < 4096 && /^(?:\.\.)?\/\S+$/.test(text);
}

/** A NUL in the beginning is what git and grep go by too. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8192).includes(0);
}
