import type { ConfigurationFile } from './configuration-file.ts';
import type { Document } from './document.ts';
import { ExtensionTable } from './extension-table.ts';
import type { OsRelease } from './os-release.ts';
import { type Selection, selection } from './selection.ts';
import { UnitTable } from './unit-table.ts';

/** What the rules know about a node, or about the nodes that one provisioning text makes. */
export interface Node {
  readonly selection: Selection;
  readonly units: UnitTable;
  readonly extensions: ExtensionTable;
  /** Targets of the links of the node, by their path. */
  readonly links: ReadonlyMap<string, string>;
  readonly isProvisioned: boolean;
  /** A path of the node as a command on this machine has to name it. */
  onDisk(nodePath: string): string;
  /** Not all of what Torcx had on the node could be read. */
  readonly isPartlyUnknown: boolean;
  /** What the node says it is; undefined where nobody knows. */
  readonly release?: OsRelease;
}

/** What is found out about a node, before anything is judged. */
export interface NodeFacts {
  /** On this machine; empty for the machine itself. */
  readonly root: string;
  readonly configuration: ConfigurationFile[];
  readonly documents: Document[];
  readonly extensions: ExtensionTable;
  readonly links: Map<string, string>;
  release?: OsRelease;
  isPartlyUnknown: boolean;
}

/** Those of a node of which nothing is known yet. */
export function nodeFacts(root = ''): NodeFacts {
  return {
    root,
    configuration: [],
    documents: [],
    extensions: new ExtensionTable(),
    links: new Map(),
    isPartlyUnknown: false,
  };
}

/** Draws together what was found out. */
export function nodeOf(facts: NodeFacts, isProvisioned: boolean): Node {
  const { root, links, isPartlyUnknown } = facts;
  const units = new UnitTable();
  for (const document of facts.documents) units.add(document);
  for (const [path, target] of links) units.addLink(path, target);
  return {
    selection: selection(facts.configuration, facts.release),
    units,
    extensions: facts.extensions,
    links,
    isProvisioned,
    onDisk: nodePath => root + nodePath,
    isPartlyUnknown,
    ...(facts.release && { release: facts.release }),
  };
}
