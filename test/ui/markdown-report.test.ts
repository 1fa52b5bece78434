import { describe, expect, test } from 'vitest';
import type { ConvertReport } from '../../src/convert/report.ts';
import { markdownReport } from '../../src/ui/markdown-report.ts';
import { dockerReport } from './support/docker-report.ts';

const HEADINGS = [
  'Summary',
  'Command to repeat',
  'Next steps',
  'Findings',
  'File mapping',
  'Binaries',
  'Unit changes',
  'Enabled units',
  'Dropped',
  'Environment',
];

const empty: ConvertReport = {
  ...dockerReport,
  mapping: [],
  elf: [],
  units: [],
  enabled: [],
  notEnabled: [],
  dropped: [],
  findings: [],
};

function withFields(
  report: ConvertReport,
  fields: Readonly<Record<string, string>>,
): ConvertReport {
  const { output } = report;
  return {
    ...report,
    output: { ...output, extensionRelease: { ...output.extensionRelease, fields } },
  };
}

test('the report of a Docker image', async () => {
  await expect(markdownReport(dockerReport)).toMatchFileSnapshot('golden/docker.report.md');
});

test.each([
  ['full', dockerReport],
  ['empty', empty],
])('a %s report has every heading, in the order of the contract', (_, report) => {
  const found = [...markdownReport(report).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(found).toEqual(HEADINGS);
});

describe('what the next steps say', () => {
  const debian = withFields(dockerReport, { ID: 'debian', VERSION_ID: '12' });
  const anywhere = withFields(dockerReport, { ID: '_any' });
  const directory: ConvertReport = {
    ...dockerReport,
    output: { ...dockerReport.output, format: 'directory', path: 'docker' },
  };
  const dryRun: ConvertReport = (() => {
    const { size: _size, sha256: _sha256, ...output } = dockerReport.output;
    return { ...dockerReport, output };
  })();
  const containerdOnly: ConvertReport = {
    ...dockerReport,
    mapping: dockerReport.mapping.filter(row => row.to !== 'usr/bin/dockerd'),
  };
  const otherTarget: ConvertReport = {
    ...empty,
    enabled: [{ unit: 'a.service', upheldBy: 'network.target', dropIn: 'd', reason: 'r' }],
  };

  check('Flatcar', dockerReport, {
    has: [
      'sudo systemctl restart systemd-sysext ensure-sysext',
      'sudo ln -sfn /dev/null /etc/extensions/docker-flatcar.raw',
      'sudo ln -sfn /dev/null /etc/extensions/containerd-flatcar.raw',
      `hash: sha256-${'b'.repeat(64)}`,
      'sudo systemd-tmpfiles --create',
      'sudo networkctl reload',
      'sudo grep -rn -e torcx -e TORCX_ /etc',
      '/opt/extensions/docker/docker.raw',
      'sudo systemctl try-restart docker.socket docker.service',
    ],
    not: ['systemctl enable --now systemd-sysext', 'systemd-sysusers', 'udevadm'],
  });
  check('another distribution', debian, {
    has: [
      'sudo systemctl enable --now systemd-sysext',
      'sudo systemctl daemon-reload',
      'sudo systemctl restart --no-block multi-user.target sockets.target',
      'torcx2sysext --ensure-sysext | sudo tee /etc/systemd/system/ensure-sysext.service',
      'ID=debian, VERSION_ID=12, any architecture',
    ],
    not: [
      'systemd-sysext ensure-sysext',
      'variant: flatcar',
      'docker-flatcar.raw',
      'next-profile',
      '3794',
    ],
  });
  check('any distribution', anywhere, {
    has: [
      'On Flatcar, merge it',
      'On other distributions, merge it',
      'docker-flatcar.raw',
      'With systemd up to 254, other distributions than Flatcar merge the extension',
    ],
    not: [],
  });
  check('a directory', directory, {
    has: ['sudo cp -rT --preserve=mode,timestamps,links,xattr docker /etc/extensions/docker'],
    not: ['variant: flatcar', 'sha256sum', '/etc/extensions/docker.raw'],
  });
  check('a dry run', dryRun, {
    has: ['no image has been written'],
    not: ['sha256-', 'sha256sum', 'undefined'],
  });
  check('containerd alone', containerdOnly, {
    has: ['/etc/extensions/containerd-flatcar.raw'],
    not: ['/etc/extensions/docker-flatcar.raw'],
  });
  check('another distribution where nothing is started', withFields(empty, { ID: 'debian' }), {
    has: ['sudo systemctl enable --now systemd-sysext'],
    not: ['ensure-sysext'],
  });
  check('an image that starts nothing', empty, {
    has: ['The extension starts nothing at boot.', 'systemd-sysext status'],
    not: ['-flatcar.raw', 'systemctl --no-pager status', 'systemctl stop', 'systemd-tmpfiles'],
  });
  check('a target that ensure-sysext leaves alone', otherTarget, {
    has: ['sudo systemctl restart --no-block network.target'],
    not: [],
  });
  check(
    'an image without a manifest',
    { ...empty, input: { ...empty.input, hasManifest: false } },
    {
      has: ['activated none of its files'],
      not: [],
    },
  );
  check(
    'an image of another time',
    { ...empty, output: { ...empty.output, sourceDateEpoch: 17 } },
    {
      has: ['SOURCE_DATE_EPOCH=17 torcx2sysext'],
      not: [],
    },
  );
  check(
    'file names that a shell would take apart',
    {
      ...empty,
      input: { ...empty.input, path: 'my image*.tgz' },
      output: { ...empty.output, path: '-o th.raw' },
      command: ['torcx2sysext', '--', 'my image*.tgz', 'docker'],
    },
    {
      has: [
        "torcx2sysext -- 'my image*.tgz' docker",
        "sudo install -m 0644 './-o th.raw' /etc/extensions/docker.raw",
        "-name 'my image\\*.tgz'",
        'source: https://YOUR-SERVER/-o%20th.raw',
      ],
      not: [],
    },
  );

  function check(name: string, report: ConvertReport, expected: { has: string[]; not: string[] }) {
    test(name, () => {
      const text = markdownReport(report);
      for (const part of expected.has) expect(text).toContain(part);
      for (const part of expected.not) expect(text).not.toContain(part);
    });
  }
});

test('hostile names stay text', () => {
  const name = 'a|b`c<script>*x*\u001b[31m\u202e\udcff\n# heading';
  const text = markdownReport({
    ...empty,
    input: { ...empty.input, path: name },
    mapping: [{ from: name, to: name, action: 'copy', reason: name }],
    units: [{ path: name, from: name, edits: [], diff: '```\n# not a heading\n' }],
  });
  const outsideOfFences = text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '');
  expect(outsideOfFences).not.toMatch(/<script|\*x\*|\p{Cc}(?<!\n)|\u202e|\udcff|^# heading/mu);
  const row = text.split('\n').find(line => line.includes('| copy |'));
  expect(row?.match(/\|/g)).toHaveLength(5);
  expect(text).toContain('````diff\n```\n# not a heading\n````');
});
