import { expect, test } from 'vitest';
import type { ReportOutput } from '../../src/convert/report.ts';
import { publishSteps } from '../../src/ui/markdown-publish.ts';
import { dockerReport } from './support/docker-report.ts';

const SYSUPDATE: Partial<ReportOutput> = {
  path: 'docker-20.10-x86-64.raw',
  version: '20.10',
  sums: 'SHA256SUMS',
  sysupdate: { url: 'https://e.com/docker', files: ['docker.conf', 'docker.transfer'] },
};

function steps(output: Partial<ReportOutput>, mapping = dockerReport.mapping): string {
  const report = { ...dockerReport, output: { ...dockerReport.output, ...output }, mapping };
  return publishSteps(report) ?? 'none';
}

test('an image that is in no list is not to be published', () => {
  expect(steps({})).toBe('none');
});

test('the list alone needs no more than a copy', () => {
  const text = steps({ sums: 'SHA256SUMS' });
  expect(text).toContain('Copy `docker.raw` and `SHA256SUMS` into the directory that you serve');
  expect(text).not.toContain('sysupdate');
});

test.each([
  'served as `https://e.com/docker/`',
  'sudo install -D -m 0644 docker.conf /etc/sysupdate.docker.d/docker.conf\n',
  'sudo install -D -m 0644 docker.transfer /etc/sysupdate.docker.d/docker.transfer\n',
  'sudo /usr/lib/systemd/systemd-sysupdate -C docker update\nsudo systemctl restart systemd-sysext',
  'sudo ln -sfn /opt/extensions/docker/docker-VERSION-x86-64.raw /etc/extensions/docker.raw\n',
  '`docker-@v-%a.raw`',
])('the steps for systemd-sysupdate have %j', part => {
  expect(steps(SYSUPDATE)).toContain(part);
});

test('versions of an extension with files below /opt lie elsewhere', () => {
  const mapping = [{ from: 'a', to: 'opt/a', action: 'copy', reason: '' } as const];
  expect(steps(SYSUPDATE, mapping)).toContain('ls /var/opt/extensions/docker\n');
});
