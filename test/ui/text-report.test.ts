import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { dryRunReport, textSummary } from '../../src/ui/text-report.ts';
import { dockerReport } from './support/docker-report.ts';

const { size: _size, sha256: _sha256, ...dryOutput } = dockerReport.output;
const dryRun = { ...dockerReport, output: dryOutput };

describe('the summary of a conversion', () => {
  test('names what needs a look', () => {
    expect(textSummary(dockerReport, { color: false })).toBe(
      `docker.raw: 10 files, 54 MiB, for ID=flatcar, SYSEXT_LEVEL=1.0, x86-64
  starts at boot: containerd.service (multi-user.target), docker.socket (sockets.target)
  not started, as with Torcx: docker.service (--enable would)
  warning  TX601 dynamic-elf  usr/bin/dockerd
           needs libc.so.6 and libdl.so.2 of the host
           fix: try it on the release that your nodes run
  warning  TX607 torcx-token-left  usr/share/docker/setup.sh:3
           the file /run/metadata/torcx does not exist any more
           fix: delete the line
3 findings: 0 errors, 2 warnings, 1 info
`,
    );
  });

  test('has everything when verbose', () => {
    expect(textSummary(dockerReport, { color: false, verbose: true })).toContain(
      '  info     TX606 unit-rewritten',
    );
  });

  test('shows two findings of a rule and counts the others', () => {
    const many = dockerReport.findings.flatMap(one => [one, one, one, one]);
    const text = textSummary({ ...dockerReport, findings: many }, { color: false });
    expect(text.match(/TX601 dynamic-elf/g)).toHaveLength(2);
    expect(text).toContain('\n           and 2 more of TX601; the report has them\n');
  });

  test('says so when nothing was found', () => {
    expect(textSummary({ ...dockerReport, findings: [] }, { color: false })).toMatch(
      /\nno findings\n$/,
    );
  });
});

test('a dry run shows every way and finding', () => {
  const text = dryRunReport(dryRun, { color: false });
  expect(text).toMatch(/^would write docker.raw \(squashfs\)\n/);
  for (const part of [
    '  copy     bin/dockerd -> usr/bin/dockerd  (listed under bin)\n',
    '  create   usr/lib/tmpfiles.d/10-docker.conf  (puts etc/docker in place)\n',
    '  drop     .torcx/manifest.json  (only Torcx reads it)\n',
    'extension-release.docker: ID=flatcar SYSEXT_LEVEL=1.0 ARCHITECTURE=x86-64',
    'TX606 unit-rewritten',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toMatch(/\nnothing was written\n$/);
});

test.each([
  ['summary', textSummary],
  ['dry run', dryRunReport],
])('colour only adds to the %s', (_, show) => {
  const coloured = show(dryRun, { color: true });
  expect(coloured).toContain('\u001b[33mwarning\u001b[0m');
  expect(stripVTControlCharacters(coloured)).toBe(show(dryRun, { color: false }));
});

test('names from the archive cannot act on the terminal', () => {
  const name = 'a\u001b[2J\u202e\udcff';
  const report = {
    ...dryRun,
    output: { ...dryRun.output, path: name },
    mapping: [{ from: name, to: name, action: 'copy', reason: name }] as const,
    notEnabled: [{ unit: name, wantedBy: [name] }],
    enabled: [{ unit: name, upheldBy: name, dropIn: name, reason: name }],
    findings: dryRun.findings.map(found => ({ ...found, path: name, message: name })),
  };
  for (const show of [textSummary, dryRunReport]) {
    expect(show(report, { color: false })).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|\p{Cs}/u);
  }
});
