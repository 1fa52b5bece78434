import type { AuditResult } from '../../../src/analyze/audit/audit-result.ts';
import { finding } from '../../../src/finding.ts';

/** A run that found nothing to say. */
export const cleanResult: AuditResult = {
  roots: ['/etc'],
  targetVersion: '3794.0.0',
  files: 214,
  unreadable: [],
  unparsed: [],
  skipped: [],
  findings: [],
  suppressed: [],
};

const DROP_IN = '/etc/systemd/system/docker.service.d/10-env.conf';

/** The findings of the example in the documentation. */
export const exampleResult: AuditResult = {
  ...cleanResult,
  findings: [
    finding('TX201', {
      path: DROP_IN,
      line: 3,
      column: 17,
      endLine: 3,
      endColumn: 36,
      snippet: 'EnvironmentFile=/run/metadata/torcx',
      message: 'this file does not exist from Flatcar 3794 on; the unit fails to start.',
      fix: {
        safety: 'safe',
        description: 'delete the line',
        edits: [{ startLine: 3, endLine: 3, text: '' }],
      },
    }),
    finding('TX101', {
      path: '/etc/torcx/next-profile',
      line: 1,
      column: 1,
      message: "selects profile 'custom', whose image docker:19.03 is not a sysext yet",
      fix: {
        safety: 'manual',
        description: 'torcx2sysext /var/lib/torcx/store/docker:19.03.torcx.tgz docker',
      },
    }),
  ],
};

const HOSTILE = 'a\u001b[31m:,%\n\u202eb';

/** Everything that a result can hold, with names and texts that want to be something else. */
export const fullResult: AuditResult = {
  roots: ['/etc', 'conf/\udcff'],
  targetVersion: '3815.2.0',
  files: 4,
  unreadable: [{ path: '/etc/shadow', reason: 'permission denied' }],
  unparsed: [{ path: '/etc/torcx/profiles/a.json', reason: "3:12 expected ',' or '}'" }],
  skipped: [
    { path: '/etc/a.bin', reason: 'a binary file' },
    { path: '/etc/b.bin', reason: 'a binary file' },
    { path: '/etc/fifo', reason: 'a FIFO' },
  ],
  findings: [
    finding('TX204', {
      path: `/etc/${HOSTILE}`,
      line: 120,
      column: 101,
      endLine: 121,
      endColumn: 9,
      snippet: `${'x'.repeat(100)}\t$\{TORCX_BINDIR}/dockerd \u202e<b>|\`${'y'.repeat(100)}`,
      message: `TORCX_BINDIR is unset: 100 % ::error::\r\n${HOSTILE} <script> | *bold*`,
      fix: {
        safety: 'unsafe',
        description: 'write ExecStart=/usr/bin/dockerd',
        edits: [{ startLine: 120, endLine: 121, text: 'ExecStart=/usr/bin/dockerd\n' }],
      },
      embedded: { path: '/etc/systemd/system/docker.service', line: 7 },
    }),
    finding('TX501', {
      path: 'conf/\udcff',
      message: 'has no effect',
    }),
    finding('TX302', {
      path: 'conf/\udcff',
      line: 2,
      column: 1,
      endLine: 2,
      snippet: '   ',
      message: 'this directory does not exist',
      embedded: { path: '', line: 2 },
    }),
  ],
  suppressed: [
    {
      finding: finding('TX203', {
        path: '/etc/x.service',
        line: 3,
        column: 7,
        endLine: 3,
        endColumn: 19,
        snippet: 'After=torcx.target',
        message: 'systemd ignores the dependency',
      }),
      reason: 'goes with the next image',
    },
    {
      finding: finding('TX201', { path: '/etc/x.service', line: 9, message: 'the file is gone' }),
      reason: '',
    },
  ],
};
