import { gzipSync } from 'node:zlib';
import { dynamicProgram, type Machine, printingProgram } from '../../fixtures/lib/elf.mjs';
import { member, tar } from './tar-builder.ts';

const PROGRAMS = [
  'containerd',
  'containerd-shim-runc-v2',
  'ctr',
  'docker',
  'docker-init',
  'docker-proxy',
  'dockerd',
  'runc',
];

export interface ReleaseOptions {
  readonly machine?: Machine;
  /** Programs that are missing. */
  readonly without?: readonly string[];
  /** Path in the archive to content, in the place of a program or besides. */
  readonly extra?: Readonly<Record<string, string | Uint8Array>>;
}

/** The files of a release, by their path in the archive: static programs that print their name. */
export function releaseFiles(options: ReleaseOptions = {}): Record<string, string | Uint8Array> {
  const { machine = 'x86_64', without = [], extra = {} } = options;
  const names = PROGRAMS.filter(name => !without.includes(name));
  const programs = names.map(name => [`docker/${name}`, printingProgram(machine, name)] as const);
  return { ...Object.fromEntries(programs), ...extra };
}

/** A program that needs the host's C library. */
export function hostsProgram(): Uint8Array {
  return dynamicProgram({ line: 'dynamic', needed: ['libc.so.6'] });
}

/** An archive as Docker publishes it: `docker-28.5.1.tgz`. */
export function releaseArchive(options: ReleaseOptions = {}): Buffer {
  const files = Object.entries(releaseFiles(options));
  const members = files.map(([name, data]) => member({ name, data, mode: 0o755, uid: 1000 }));
  return gzipSync(tar(member({ name: 'docker/', type: '5', mode: 0o755 }), ...members));
}
