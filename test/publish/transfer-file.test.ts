import { expect, test } from 'vitest';
import { type Transfer, transferText } from '../../src/publish/transfer-file.ts';

const TRANSFER: Transfer = {
  name: 'docker',
  architecture: 'x86-64',
  url: 'https://images.example.com/docker/',
  hasOpt: false,
  isSigned: false,
};

/** The settings without comments. */
function settings(transfer: Partial<Transfer>): string[] {
  const lines = transferText({ ...TRANSFER, ...transfer }).split('\n');
  return lines.filter(line => line !== '' && !line.startsWith('#'));
}

test('a transfer file says where versions come from and where they go', () => {
  expect(settings({})).toEqual([
    '[Transfer]',
    'Verify=false',
    '[Source]',
    'Type=url-file',
    'Path=https://images.example.com/docker/',
    'MatchPattern=docker-@v-%a.raw',
    '[Target]',
    'Type=regular-file',
    'Path=/opt/extensions/docker',
    'MatchPattern=docker-@v-%a.raw',
    'Mode=0644',
    'CurrentSymlink=/etc/extensions/docker.raw',
    'InstancesMax=3',
  ]);
});

test.each<[Partial<Transfer>, string]>([
  [{ url: 'https://images.example.com/docker' }, 'Path=https://images.example.com/docker/'],
  [{ url: 'https://e.com/a%20b/' }, 'Path=https://e.com/a%%20b/'],
  [{ isSigned: true }, 'Verify=true'],
  // Below an /opt that is merged nothing can be written.
  [{ hasOpt: true }, 'Path=/var/opt/extensions/docker'],
])('%j gives %s', (transfer, line) => {
  expect(settings(transfer)).toContain(line);
});

test('an image for every architecture has none in its pattern', () => {
  const { architecture: _, ...anyArchitecture } = TRANSFER;
  expect(transferText(anyArchitecture)).toContain('MatchPattern=docker-@v.raw\n');
});

test('it says that nothing vouches for the list, unless it is signed', () => {
  expect(transferText(TRANSFER)).toContain('is not signed');
  expect(transferText({ ...TRANSFER, isSigned: true })).not.toContain('is not signed');
});
