import { readdirSync, readFileSync } from 'node:fs';

const IMAGES = new URL('../../fixtures/images/', import.meta.url);

/** What Torcx called each fixture; their files have names without a colon (fixtures/README.md). */
export const TORCX_NAMES: Readonly<Record<string, string>> = {
  arm64: 'edge:1.0',
  everything: 'everything:1.0',
  'flatcar-style': 'docker:20.10',
  'kernel-module': 'zfs:2.1.5',
  'kubelet-style': 'kubelet:v1.24.4',
  'no-manifest': 'no-manifest',
  'odd-directories': 'odd-directories:1',
  'podman-style': 'podman:4.1.1',
};

/** @param file name in fixtures/images */
export function fixtureImage(file: string): Buffer {
  return readFileSync(new URL(file, IMAGES));
}

/** Names in fixtures/images, sorted. */
export function fixtureFiles(): string[] {
  return readdirSync(IMAGES).sort();
}
