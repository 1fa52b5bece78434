import type { ImageReport } from '../convert/report.ts';
import type { NodeRequest, TextFile } from '../provision/node-config.ts';
import { transferDirectory, versionsDirectory } from '../publish/transfer-file.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { isForFlatcar } from './host-words.ts';

export interface NodeChoices {
  /** Of the image, or with a slash at its end of the directory that has it. */
  readonly imageUrl: string;
  /** The nodes' release of Flatcar still starts Torcx. */
  readonly hasTorcx?: boolean;
  /** Transfer files of systemd-sysupdate, by their names. */
  readonly transfers?: readonly { readonly name: string; readonly text: string }[];
}

/** What a new node is to get for the image that a report is about. */
export function nodeRequest(report: ImageReport, choices: NodeChoices): NodeRequest {
  const { name, path, sha256 } = report.output;
  const { imageUrl, hasTorcx = false, transfers = [] } = choices;
  const hasOpt = report.mapping.some(({ to }) => to?.startsWith('opt/') === true);
  const masked = clashingBuiltIns(report);
  return {
    name,
    image: {
      url: imageUrl.endsWith('/') ? imageUrl + encodeURIComponent(path) : imageUrl,
      ...(sha256 !== undefined && { sha256 }),
    },
    path: `${versionsDirectory({ name, hasOpt })}/${path}`,
    masked,
    // Torcx may go on with other images as long as this one does not replace its Docker.
    hasTorcx: hasTorcx && masked.length > 0,
    needsHelp: !isForFlatcar(report),
    transfers: transfers.map(
      (file): TextFile => ({ path: `${transferDirectory(name)}/${file.name}`, text: file.text }),
    ),
  };
}
