import type { ElfFacts } from '../../../src/analyze/elf.ts';
import type { ConvertReport, MappingRow } from '../../../src/convert/report.ts';
import { finding } from '../../../src/finding.ts';

const UNITS = 'lib/systemd/system';

const GO_PROGRAM: ElfFacts = {
  architecture: 'x86-64',
  bits: 64,
  endianness: 'little',
  type: 'executable',
  interpreter: '/lib64/ld-linux-x86-64.so.2',
  needed: ['libc.so.6', 'libdl.so.2'],
  soname: null,
  rpath: [],
  runpath: ['$ORIGIN/../lib'],
  buildId: '0123456789abcdef',
  dynamic: true,
};

const STATIC_PROGRAM: ElfFacts = {
  ...GO_PROGRAM,
  interpreter: null,
  needed: [],
  runpath: [],
  buildId: null,
  dynamic: false,
};

const CONTAINERD_DIFF = `--- a/usr/lib/systemd/system/containerd.service
+++ b/usr/lib/systemd/system/containerd.service
@@ -1,8 +1,5 @@
 [Unit]
-Requires=torcx.target
-After=torcx.target
 Description=containerd container runtime
 [Service]
-EnvironmentFile=/run/metadata/torcx
 Type=notify
`;

/** A report as the conversion of Flatcar's Docker image makes it, small enough to be read. */
export const dockerReport: ConvertReport = {
  schemaVersion: '1.0',
  mode: 'convert',
  complete: true,
  exitCode: 0,
  tool: { name: 'torcx2sysext', version: '1.2.3' },
  input: {
    path: 'docker:20.10.torcx.tgz',
    name: 'docker',
    reference: '20.10',
    format: 'tar, gzip',
    size: 81_788_928,
    sha256: 'a'.repeat(64),
    entries: 12,
    hasManifest: true,
  },
  output: {
    name: 'docker',
    path: 'docker.raw',
    format: 'squashfs',
    size: 56_623_104,
    sha256: 'b'.repeat(64),
    compression: 'zstd:5',
    blockSize: 131_072,
    sourceDateEpoch: 0,
    extensionRelease: {
      path: 'usr/lib/extension-release.d/extension-release.docker',
      fields: {
        ID: 'flatcar',
        SYSEXT_LEVEL: '1.0',
        ARCHITECTURE: 'x86-64',
        EXTENSION_RELOAD_MANAGER: '1',
      },
    },
  },
  command: ['torcx2sysext', 'docker:20.10.torcx.tgz', 'docker'],
  summary: { error: 0, warning: 2, info: 1, suppressed: 0, fixable: 0 },
  mapping: [
    copy('bin/containerd', 'usr/bin/containerd', 'listed under bin'),
    copy('bin/dockerd', 'usr/bin/dockerd', 'listed under bin'),
    copy('bin/tini', 'usr/bin/tini', 'listed under bin'),
    created('usr/lib/extension-release.d/extension-release.docker', 'systemd-sysext needs it'),
    copy(
      'lib/systemd/network/50-docker.network',
      'usr/lib/systemd/network/50-docker.network',
      'listed under network',
    ),
    {
      ...copy(`${UNITS}/containerd.service`, `usr/${UNITS}/containerd.service`, 'a unit'),
      action: 'rewrite',
    },
    copy(`${UNITS}/docker.socket`, `usr/${UNITS}/docker.socket`, 'listed under units'),
    created(
      `usr/${UNITS}/multi-user.target.d/10-containerd-service.conf`,
      'starts containerd.service',
    ),
    created(`usr/${UNITS}/sockets.target.d/10-docker-socket.conf`, 'starts docker.socket'),
    created('usr/lib/tmpfiles.d/10-docker.conf', 'puts etc/docker in place'),
    drop('.torcx/manifest.json', 'only Torcx reads it'),
    drop(`${UNITS}/sockets.target.wants/docker.socket`, 'became a drop-in'),
  ],
  elf: [
    { path: 'usr/bin/dockerd', ...GO_PROGRAM },
    { path: 'usr/bin/tini', ...STATIC_PROGRAM },
  ],
  units: [
    {
      path: `usr/${UNITS}/containerd.service`,
      from: `${UNITS}/containerd.service`,
      edits: [
        {
          line: 2,
          before: 'Requires=torcx.target',
          because: 'torcx.target does not exist any more',
        },
      ],
      diff: CONTAINERD_DIFF,
    },
    { path: `usr/${UNITS}/docker.socket`, from: `${UNITS}/docker.socket`, edits: [], diff: '' },
  ],
  enabled: [
    {
      unit: 'containerd.service',
      upheldBy: 'multi-user.target',
      dropIn: `usr/${UNITS}/multi-user.target.d/10-containerd-service.conf`,
      reason: 'the manifest lists multi-user.target.wants',
    },
    {
      unit: 'docker.socket',
      upheldBy: 'sockets.target',
      dropIn: `usr/${UNITS}/sockets.target.d/10-docker-socket.conf`,
      reason: 'the manifest lists sockets.target.wants',
    },
  ],
  notEnabled: [{ unit: 'docker.service', wantedBy: ['multi-user.target'] }],
  dropped: [
    { path: '.torcx/manifest.json', reason: 'only Torcx reads it' },
    { path: `${UNITS}/sockets.target.wants/docker.socket`, reason: 'became a drop-in' },
  ],
  findings: [
    finding('TX601', {
      path: 'usr/bin/dockerd',
      message: 'needs libc.so.6 and libdl.so.2 of the host',
      fix: { safety: 'manual', description: 'try it on the release that your nodes run' },
    }),
    finding('TX606', {
      path: `usr/${UNITS}/containerd.service`,
      message: '3 lines changed, as shown under Unit changes',
    }),
    finding('TX607', {
      path: 'usr/share/docker/setup.sh',
      line: 3,
      column: 8,
      endLine: 3,
      endColumn: 23,
      snippet: 'source /run/metadata/torcx | cat',
      message: 'the file /run/metadata/torcx does not exist any more',
      fix: {
        safety: 'safe',
        description: 'delete the line',
        edits: [{ startLine: 3, endLine: 3, text: '' }],
      },
    }),
  ],
};

function copy(from: string, to: string, reason: string): MappingRow {
  return { from, to, action: 'copy', reason };
}

function created(to: string, reason: string): MappingRow {
  return { from: null, to, action: 'create', reason };
}

function drop(from: string, reason: string): MappingRow {
  return { from, to: null, action: 'drop', reason };
}
