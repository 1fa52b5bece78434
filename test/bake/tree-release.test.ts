import { describe, expect, test } from 'vitest';
import { type ReleaseOptions, treeRelease } from '../../src/bake/tree-release.ts';
import { extensionReleaseText } from '../../src/builder/extension-release.ts';
import { file } from '../support/image-trees.ts';
import { briefFindings, OPTIONS, planOf } from './support/tree.ts';

interface Case {
  readonly own: string;
  readonly options?: Partial<ReleaseOptions>;
  readonly text: string;
  readonly findings?: readonly string[];
}

const DEBIAN = { id: 'debian', versionId: '12' };

describe('an extension-release of the tree and the options together', () => {
  test.each<Case>([
    { own: '', text: 'ID=flatcar\nSYSEXT_LEVEL=1.0\n' },
    { own: 'ID=_any\n', text: 'ID=_any\n' },
    { own: 'VERSION_ID=3815.2.0\n', text: 'ID=flatcar\nVERSION_ID=3815.2.0\n' },
    { own: 'SYSEXT_LEVEL=2\n', text: 'ID=flatcar\nSYSEXT_LEVEL=2\n' },
    { own: 'ID=fedora\nVERSION_ID=40', text: 'ID=fedora\nVERSION_ID=40\n' },
    {
      own: '# mine\n\nSYSEXT_PRETTY_NAME="My tool"\nID=\'_any\'\nSYSEXT_SCOPE=system\n',
      text: 'ID=_any\nSYSEXT_PRETTY_NAME="My tool"\nSYSEXT_SCOPE=system\n',
    },
    {
      own: 'ID=flatcar\nSYSEXT_LEVEL=1.0\n',
      options: { host: DEBIAN },
      text: 'ID=debian\nVERSION_ID=12\n',
      findings: ['info ID=flatcar is debian now', 'info SYSEXT_LEVEL=1.0 is gone'],
    },
    {
      own: 'ID=debian\nVERSION_ID=12\n',
      options: { host: DEBIAN },
      text: 'ID=debian\nVERSION_ID=12\n',
    },
    {
      own: 'ID=arch\n',
      text: 'ID=arch\n',
      findings: ['warning ID=arch without SYSEXT_LEVEL or VERSION_ID'],
    },
    {
      own: 'ID=_any\nSYSEXT_SCOPE="initrd portable"\n',
      text: 'ID=_any\nSYSEXT_SCOPE="initrd portable"\n',
      findings: ['warning SYSEXT_SCOPE=initrd portable'],
    },
    {
      own: 'ID=_any\nexport A=1\nb=2\nC="x\n',
      text: 'ID=_any\n',
      findings: [
        'warning is no assignment',
        'warning is no assignment',
        'warning is no assignment',
      ],
    },
    {
      own: 'ID=_any\nARCHITECTURE=amd64\n',
      text: 'ID=_any\n',
      findings: ['error ARCHITECTURE=amd64 is no name'],
    },
    {
      own: 'ID=_any\nARCHITECTURE=amd64\n',
      options: { architecture: 'x86-64' },
      text: 'ID=_any\n',
      findings: ['info ARCHITECTURE=amd64 is x86-64 now'],
    },
  ])('$own $options', ({ own, options, text, findings = [] }) => {
    const release = treeRelease(own, { ...OPTIONS, ...options });
    expect(extensionReleaseText({ ...release.extension, reloadManager: false })).toBe(text);
    expect(release.findings).toHaveLength(findings.length);
    for (const [index, { severity, message }] of release.findings.entries()) {
      expect(`${severity} ${message}`).toContain(findings[index]);
    }
  });
});

test.each<[own: string, options: Partial<ReleaseOptions>, architecture: string, reload: string]>([
  ['', {}, 'auto', 'auto'],
  ['ARCHITECTURE=\n', {}, 'auto', 'auto'],
  ['ARCHITECTURE=arm64\nEXTENSION_RELOAD_MANAGER=yes\n', {}, 'arm64', 'always'],
  ['ARCHITECTURE=_any\nEXTENSION_RELOAD_MANAGER=0\n', {}, '_any', 'never'],
  ['EXTENSION_RELOAD_MANAGER=1\n', { reload: 'never' }, 'auto', 'never'],
  ['EXTENSION_RELOAD_MANAGER=maybe\n', {}, 'auto', 'auto'],
  ['ARCHITECTURE=arm64\n', { architecture: 'x86-64' }, 'x86-64', 'auto'],
])('%j with %j', (own, options, architecture, reload) => {
  expect(treeRelease(own, { ...OPTIONS, ...options })).toMatchObject({ architecture, reload });
});

const RELEASE = 'usr/lib/extension-release.d/extension-release.';

test('the file of another extension is an error', async () => {
  const plan = await planOf([file(`${RELEASE}other`, 'ID=_any\n'), file('usr/bin/a', '')]);
  expect(briefFindings(plan)).toEqual([`error TX619 ${RELEASE}other`]);
});

test('a tree for any machine needs no line that says so', async () => {
  const release = file(`${RELEASE}mytool`, 'ID=_any\nARCHITECTURE=_any\n');
  const { extension } = await planOf([release, file('usr/share/a', '')]);
  expect(extensionReleaseText(extension)).toBe('ID=_any\n');
});

test.each([
  ['ID=flatcar\nSYSEXT_LEVEL=1.0\n', 'copy'],
  ['# Flatcar\nID=flatcar\nSYSEXT_LEVEL=1.0\n', 'rewrite'],
])('of %j the report says %s', async (text, action) => {
  const plan = await planOf([file(`${RELEASE}mytool`, text), file('usr/share/a', '')]);
  expect(plan.release).toEqual({ from: `${RELEASE}mytool`, action });
  expect(plan.steps.map(step => step.do !== 'drop' && step.to)).toEqual(['usr/share/a']);
});
