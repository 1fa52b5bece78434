import type { ImageOptions } from '../command-line/image-options.ts';
import type { ImageReport } from '../convert/report.ts';
import type { PendingOutput } from '../host/commit-all.ts';
import { createOutputFile } from '../host/output-file.ts';
import { nodeText } from '../ui/node-text.ts';
import type { TransferFile } from './publish-image.ts';

interface NodeConfigRequest {
  readonly options: Pick<ImageOptions, 'publish' | 'force'>;
  /** Of the finished image. */
  readonly report: ImageReport;
  readonly transfers: readonly TransferFile[];
}

/**
 * Prepares the configuration of new nodes that get the image, in each form that was asked for.
 * @throws ToolError what keeps one of them from being written; nothing is left behind then
 */
export async function writeNodeConfigs(request: NodeConfigRequest): Promise<PendingOutput[]> {
  const { options, report, transfers } = request;
  const { node } = options.publish;
  if (node === undefined) return [];
  const outputs: PendingOutput[] = [];
  try {
    for (const { path, format } of node.configs) {
      const file = await createOutputFile(path, options);
      outputs.push(file);
      const text = nodeText(report, { ...node, transfers }, format);
      await file.append([new TextEncoder().encode(text)]);
    }
    return outputs;
  } catch (error) {
    for (const output of outputs) await output.abort();
    throw error;
  }
}
