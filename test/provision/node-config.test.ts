import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { butaneText } from '../../src/provision/butane.ts';
import { ignitionText } from '../../src/provision/ignition.ts';
import { nodeConfig } from '../../src/provision/node-config.ts';
import { NODE_REQUESTS } from '../support/node-requests.ts';

const VARIANTS = ['flatcar', 'fcos'] as const;
const cases = Object.entries(NODE_REQUESTS).flatMap(([name, request]) =>
  VARIANTS.map(variant => ({ name, request, variant })),
);

test.each(cases)('Butane ($variant) says the same as Ignition: $name', ({ request, variant }) => {
  const config = nodeConfig(request);
  const butane = parse(butaneText(config, variant), { version: '1.1' });
  expect(butane.variant).toBe(variant);
  expect(asIgnition(butane)).toEqual(withTexts(JSON.parse(ignitionText(config))));
});

describe('what a node gets', () => {
  const linksOf = (name: string) => {
    const request = NODE_REQUESTS[name];
    if (!request) throw new Error(`no request ${name}`);
    const { links, units, files } = nodeConfig(request);
    return {
      links: links.map(({ path, target }) => `${path} -> ${target}`),
      units: units.map(({ name: unit, enabled }) => `${unit}${enabled ? ' enabled' : ''}`),
      files: files.map(({ path }) => path),
    };
  };
  const image = '/opt/extensions/docker/docker.raw';

  test('the image, the link by which it is found, the masks', () => {
    expect(linksOf('docker')).toEqual({
      files: [image],
      links: [
        `/etc/extensions/docker.raw -> ${image}`,
        '/etc/extensions/docker-flatcar.raw -> /dev/null',
        '/etc/extensions/containerd-flatcar.raw -> /dev/null',
      ],
      units: [],
    });
  });

  test('nothing is masked for what does not replace Docker', () => {
    expect(linksOf('another program').links).toEqual([`/etc/extensions/kubelet.raw -> ${image}`]);
  });

  test('Torcx is switched off where it still is', () => {
    const mask = '/etc/systemd/system-generators/torcx-generator -> /dev/null';
    expect(linksOf('a release with Torcx').links).toContain(mask);
    expect(linksOf('docker').links).not.toContain(mask);
  });

  test('another distribution gets what Flatcar has of its own', () => {
    const { units } = linksOf('another distribution');
    expect(units).toEqual(['systemd-sysext.service enabled', 'ensure-sysext.service enabled']);
  });

  test('updates come with a timer, and the transfer file under both of its names', () => {
    const { files, units } = linksOf('with updates');
    expect(files.slice(1)).toEqual([
      '/etc/sysupdate.docker.d/docker.conf',
      '/etc/sysupdate.docker.d/docker.transfer',
    ]);
    expect(units).toEqual(['docker-update.service', 'docker-update.timer enabled']);
  });
});

interface Files {
  readonly storage: { readonly files: readonly { readonly contents: Contents }[] };
}

interface Contents {
  readonly inline?: string;
  readonly source?: string;
}

/** What Butane makes of its own form: https://coreos.github.io/butane/specs/ */
function asIgnition(butane: Files & { readonly version: string; readonly variant: string }) {
  const { variant: _variant, version: _version, ...config } = butane;
  return withTexts({ ignition: { version: '3.3.0' }, ...config });
}

/** With every text in the clear, whether it was written as it is or as a data URL. */
function withTexts<T extends Files>(config: T) {
  const files = config.storage.files.map(file => {
    const { inline, source, ...rest } = file.contents;
    // By its path alone: what follows an open `#` or `?` is no part of the data.
    const encoded = source?.startsWith('data:,') ? new URL(source).pathname.slice(1) : undefined;
    const text = inline ?? (encoded && decodeURIComponent(encoded));
    return { ...file, contents: text === undefined ? { source, ...rest } : { text, ...rest } };
  });
  return { ...config, storage: { ...config.storage, files } };
}
