import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Config {
  readonly storage: {
    readonly files: readonly {
      readonly path: string;
      readonly mode: number;
      readonly contents: {
        readonly source: string;
        readonly verification?: { readonly hash: string };
      };
    }[];
    readonly links: readonly { readonly path: string; readonly target: string }[];
  };
  readonly systemd?: {
    readonly units: readonly {
      readonly name: string;
      readonly enabled?: boolean;
      readonly contents?: string;
    }[];
  };
}

/**
 * Does to an empty directory what Ignition does to a new node, as far as its specification 3.3 is used here.
 * @param options.served address → the file that a server would send
 * @returns names of the units to enable
 * @throws Error when a file has not the hash that the configuration says
 */
export function applyIgnition(options: {
  readonly config: Config;
  readonly served: Readonly<Record<string, string>>;
  readonly directory: string;
}): string[] {
  const { config, served, directory } = options;
  const place = (path: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    return join(directory, path);
  };
  for (const { path, mode, contents } of config.storage.files) {
    const { source, verification } = contents;
    if (source.startsWith('data:,')) {
      writeFileSync(place(path), decodeURIComponent(source.slice('data:,'.length)), { mode });
      continue;
    }
    const file = served[source];
    if (file === undefined) throw new Error(`nobody serves ${source}`);
    const hash = `sha256-${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
    if (verification?.hash !== hash) throw new Error(`${source}: ${hash}`);
    copyFileSync(file, place(path));
  }
  for (const { path, target } of config.storage.links) symlinkSync(target, place(path));
  const units = config.systemd?.units ?? [];
  for (const { name, contents } of units) {
    if (contents !== undefined) writeFileSync(place(`/etc/systemd/system/${name}`), contents);
  }
  return units.filter(({ enabled }) => enabled === true).map(({ name }) => name);
}
