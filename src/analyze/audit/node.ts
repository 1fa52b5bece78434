import type { Document } from './document.ts';
import { type ConfigurationFile, type Selection, selection } from './selection.ts';
import { UnitTable } from './unit-table.ts';

/** What the rules know about a node, or about the nodes that one provisioning text makes. */
export interface Node {
  readonly selection: Selection;
  readonly units: UnitTable;
  /** Targets of the links of the node, by their path. */
  readonly links: ReadonlyMap<string, string>;
  readonly isProvisioned: boolean;
}

export interface NodeFacts {
  readonly configuration: ConfigurationFile[];
  readonly documents: Document[];
  readonly links: Map<string, string>;
}

export function nodeFacts(): NodeFacts {
  return { configuration: [], documents: [], links: new Map() };
}

export function nodeOf(facts: NodeFacts, isProvisioned: boolean): Node {
  const units = new UnitTable();
  for (const document of facts.documents) units.add(document);
  for (const [path, target] of facts.links) if (target === '/dev/null') units.mask(path);
  return { selection: selection(facts.configuration), units, links: facts.links, isProvisioned };
}
