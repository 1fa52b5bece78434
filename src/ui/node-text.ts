import type { ImageReport } from '../convert/report.ts';
import { butaneText } from '../provision/butane.ts';
import { ignitionText } from '../provision/ignition.ts';
import { nodeConfig } from '../provision/node-config.ts';
import { isForFlatcar } from './host-words.ts';
import { type NodeChoices, nodeRequest } from './node-request.ts';

/** The configuration of a new node that gets the image, in the form that was asked for. Ends in a newline. */
export function nodeText(
  report: ImageReport,
  choices: NodeChoices,
  format: 'butane' | 'ignition',
): string {
  const config = nodeConfig(nodeRequest(report, choices));
  if (format === 'ignition') return ignitionText(config);
  return butaneText(config, isForFlatcar(report) ? 'flatcar' : 'fcos');
}
