import { readConfiguration } from './configuration-file.ts';
import { allDocuments, type Document } from './document.ts';
import { type Node, nodeFacts, nodeOf } from './node.ts';
import { torcxPlace } from './torcx-place.ts';

/** The node that a provisioning text makes, as far as the text tells. */
export function provisionedNode(root: Document): Node {
  const facts = nodeFacts();
  for (const document of allDocuments(root)) {
    const { nodePath, text, kind, parent, unit, files } = document;
    if (parent && (unit || text.includes('TORCX_'))) facts.documents.push(document);
    if (parent && kind !== 'encoded' && torcxPlace(nodePath)) {
      facts.configuration.push(readConfiguration({ nodePath, diskPath: nodePath }, text).file);
    }
    for (const file of files) {
      if (torcxPlace(file.nodePath)?.kind === 'image')
        facts.configuration.push({ nodePath: file.nodePath, diskPath: file.nodePath });
      if (file.target) facts.links.set(file.nodePath, file.target.text);
    }
  }
  return nodeOf(facts, true);
}
