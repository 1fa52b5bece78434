import { describe, expect, it, test } from 'vitest';
import { MANIFEST_PATH } from '../../src/analyze/manifest.ts';
import { buildReport } from '../../src/convert/build-report.ts';
import type { Plan, PlanOptions } from '../../src/convert/plan.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { type PlanRequest, planOf } from '../support/plan-of.ts';

type Table = PlanRequest['tree'];

const UNITS = 'lib/systemd/system';
const WANTS = `${UNITS}/multi-user.target.wants`;

/** An image as Flatcar's own: two programs, a service that runs one, and the link that starts it. */
const IMAGE: Table = {
  'bin/tool': 'tool',
  'bin/toold': 'toold',
  'bin/tl': { link: 'tool' },
  [`${UNITS}/toold.service`]:
    '[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=${TORCX_BINDIR}/toold\n',
  [`${UNITS}/toold.socket`]: '[Socket]\nListenStream=/run/toold.sock\n',
  [`${WANTS}/toold.service`]: { link: '../toold.service' },
  'usr/share/tool/doc': 'text',
  [MANIFEST_PATH]: JSON.stringify({
    kind: 'image-manifest-v0',
    value: {
      bin: ['/bin/tool', '/bin/toold', '/bin/tl'],
      units: [`/${UNITS}/toold.service`, `/${UNITS}/toold.socket`, `/${WANTS}`],
    },
  }),
};

type Choice = Partial<Pick<PlanOptions, 'drop' | 'keep' | 'enable' | 'noEnable'>>;

/** Of the extension `ext`. */
function planFor(tree: Table, choice: Choice): Promise<Plan> {
  return planOf({ tree, options: { name: 'ext', imageName: 'ext', ...choice } });
}

interface Case extends Choice {
  readonly tree?: Table;
  /** Archive path to extension path, of those that differ from a conversion without requests; null: left out. */
  readonly moves?: Readonly<Record<string, string | null>>;
  /** Reasons by archive path. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** The created files that a conversion without requests does not have. */
  readonly created?: readonly string[];
  /** As `RULE path: message` up to the first comma, without those of a conversion without requests. */
  readonly findings?: readonly string[];
}

function placesOf({ steps }: Plan): Record<string, string | null> {
  const places = steps.flatMap(step =>
    step.do === 'create' ? [] : [[step.entry.path, step.do === 'drop' ? null : step.to]],
  );
  return Object.fromEntries(places);
}

function findingsOf({ findings }: Plan): string[] {
  return findings.map(({ ruleId, path, message }) => `${ruleId} ${path}: ${message.split(',')[0]}`);
}

function createdBy({ steps }: Plan): string[] {
  return steps.flatMap(step => (step.do === 'create' ? [step.to] : []));
}

async function check({ tree = IMAGE, moves, reasons, created, findings, ...choice }: Case) {
  const [before, after] = [await planFor(tree, {}), await planFor(tree, choice)];
  const [old, now] = [placesOf(before), placesOf(after)];
  expect(Object.keys(now).sort()).toEqual(Object.keys(old).sort());
  const changed = Object.entries(now).filter(([path, to]) => old[path] !== to);
  expect(Object.fromEntries(changed)).toEqual(moves ?? {});
  for (const [path, reason] of Object.entries(reasons ?? {})) {
    const step = after.steps.find(one => one.do !== 'create' && one.entry.path === path);
    expect([path, step?.because]).toEqual([path, reason]);
  }
  const known = new Set(findingsOf(before));
  expect(findingsOf(after).filter(text => !known.has(text))).toEqual(findings ?? []);
  const usual = new Set(createdBy(before));
  expect(createdBy(after).filter(path => !usual.has(path))).toEqual(created ?? []);
}

const DROPPED = 'left out on request';

it.each<[string, Case]>([
  ['changes nothing when nothing is asked for', {}],
  [
    'leaves a file out and says so',
    {
      drop: ['usr/share/tool/doc'],
      moves: { 'usr/share/tool/doc': null },
      reasons: { 'usr/share/tool/doc': DROPPED },
    },
  ],
  [
    'points a unit to where the host has the program that is left out',
    {
      drop: ['bin/toold'],
      moves: { 'bin/toold': null },
      findings: [`TX617 ${UNITS}/toold.service: names /usr/bin/toold`],
    },
  ],
  [
    'passes over what a comment says of it',
    {
      tree: { 'bin/toold': 'toold', 'usr/share/tool/a.conf': '# /usr/bin/toold\n; /bin/toold\n' },
      drop: ['bin/toold'],
      moves: { 'bin/toold': null },
      findings: [],
    },
  ],
  [
    'tells of a link to what is left out',
    {
      drop: ['bin/tool'],
      moves: { 'bin/tool': null },
      findings: ['TX617 bin/tl: points to /usr/bin/tool'],
    },
  ],
  [
    'does not start a unit that is left out, and tells what needs it',
    {
      drop: [`${UNITS}/toold.service`],
      moves: { [`${UNITS}/toold.service`]: null },
      reasons: {
        [`${WANTS}/toold.service`]: 'it starts toold.service, which is left out on request',
      },
      findings: [`TX617 ${UNITS}/toold.socket: starts toold.service`],
    },
  ],
  [
    'takes a unit that is left out for one that is not started',
    {
      drop: [UNITS],
      noEnable: ['toold.service'],
      moves: { [`${UNITS}/toold.service`]: null, [`${UNITS}/toold.socket`]: null },
    },
  ],
  [
    'does not start a unit whose link is left out',
    {
      drop: [`${WANTS}/toold.service`],
      reasons: { [`${WANTS}/toold.service`]: DROPPED },
    },
  ],
  [
    'leaves a directory out but for what is kept of it',
    {
      drop: ['bin'],
      keep: ['bin/tool'],
      moves: { 'bin/toold': null, 'bin/tl': null },
      findings: [`TX617 ${UNITS}/toold.service: names /usr/bin/toold`],
    },
  ],
  [
    'leaves out a part of what is kept of a directory that is left out',
    {
      tree: { 'lib/a/b/c': '', 'lib/a/b/d': '', 'lib/a/e': '' },
      drop: ['lib/a', 'lib/a/b/d'],
      keep: ['lib/a/b'],
      moves: { 'lib/a/e': null, 'lib/a/b/d': null },
    },
  ],
  [
    'gives the name to the next file that wants it',
    {
      tree: { 'sbin/zpool': 'program', 'bin/zpool': 'wrapper' },
      drop: ['bin/zpool'],
      moves: { 'bin/zpool': null, 'sbin/zpool': 'usr/bin/zpool' },
    },
  ],
  [
    'keeps the content of a hard link whose other name is left out',
    {
      tree: { 'bin/a': 'x', 'bin/b': { hard: 'bin/a' } },
      drop: ['bin/a'],
      moves: { 'bin/a': null },
    },
  ],
  [
    'keeps the metadata of Torcx where nobody looks for it',
    {
      keep: [MANIFEST_PATH],
      moves: { [MANIFEST_PATH]: `usr/lib/ext/${MANIFEST_PATH}` },
      reasons: {
        [MANIFEST_PATH]: "kept on request, where nobody looks for it: Torcx's own metadata",
      },
    },
  ],
  [
    'keeps an os-release where it does no harm',
    {
      tree: { 'usr/lib/os-release': 'ID=x\n' },
      keep: ['usr/lib/os-release'],
      moves: { 'usr/lib/os-release': 'usr/lib/ext/usr/lib/os-release' },
    },
  ],
  [
    'keeps a link that Torcx never made, and one that a drop-in replaces',
    {
      tree: { ...IMAGE, [`${UNITS}/a.target.wants/toold.service`]: { link: '../toold.service' } },
      keep: [`${WANTS}/toold.service`, `${UNITS}/a.target.wants/toold.service`],
      moves: {
        [`${WANTS}/toold.service`]: `usr/${WANTS}/toold.service`,
        [`${UNITS}/a.target.wants/toold.service`]: `usr/${UNITS}/a.target.wants/toold.service`,
      },
    },
  ],
  ['does not mind a wish for what is kept anyway', { keep: ['bin/tool'] }],
])('%s', (_, one) => check(one));

describe('errors', () => {
  test.each<[string, Table, Choice, string, string?]>([
    [
      'an entry that is not there',
      IMAGE,
      { drop: ['bin/toool'] },
      "the archive has no entry 'bin/toool'",
      'bin/tool',
    ],
    [
      'a device',
      { 'dev/null': { kind: 'char-device', major: 1, minor: 3 } },
      { keep: ['dev/null'] },
      "'dev/null' cannot be kept: a char-device cannot be part of an extension",
    ],
    [
      'a link in the place of a directory of the host',
      { lib: { link: 'usr/lib' }, 'usr/lib/x': '' },
      { keep: ['lib'] },
      "'lib' cannot be kept: the host has this link itself",
    ],
    [
      'a link to the file that has its name',
      { 'sbin/x': '', 'bin/x': { link: '../sbin/x' }, '.torcx/manifest.json': manifest('/sbin/x') },
      { keep: ['bin/x'] },
      "'bin/x' cannot be kept: it is a link to sbin/x, which is /usr/bin/x now",
    ],
    [
      'a directory that is kept without a need',
      IMAGE,
      { keep: ['.torcx'] },
      "--keep '.torcx' is a directory, and no --drop leaves it out",
      '--keep with the path of a file in it',
    ],
    [
      'a unit to start that is left out',
      IMAGE,
      { drop: [UNITS], enable: ['toold.socket'] },
      "the image has no unit 'toold.socket'",
    ],
  ])('%s', async (_, tree, choice, what, suggestion) => {
    const { code, facts } = await toolErrorOf(() => planFor(tree, choice));
    expect([code, facts]).toEqual(['usage', { what, ...(suggestion && { suggestion }) }]);
  });
});

function manifest(...bin: string[]): string {
  return JSON.stringify({ kind: 'image-manifest-v0', value: { bin } });
}

test('a name that is no UTF-8 is known by what an argument makes of it', async () => {
  const plan = await planFor({ 'bin/a\udcff': 'x', 'bin/b': '' }, { drop: ['bin/a\ufffd'] });
  expect(placesOf(plan)).toEqual({ 'bin/a\udcff': null, 'bin/b': 'usr/bin/b' });
});

test('the report has a row for what was left out', async () => {
  const input = {
    path: 'x',
    name: 'x',
    reference: 'y',
    format: 'tar',
    size: 1,
    sha256: '',
    entries: 9,
    hasManifest: true,
  };
  const parts = {
    plan: await planFor(IMAGE, { drop: ['bin/toold'] }),
    findings: [],
    output: { path: 'ext.raw', format: 'squashfs' as const, sourceDateEpoch: 0 },
    command: [],
    version: '1',
    exitCode: 0,
  };
  const report = buildReport({ mode: 'convert', input }, parts);
  expect(report.dropped).toContainEqual({ path: 'bin/toold', reason: DROPPED });
  expect(report.units[0]?.diff).toContain('+ExecStart=/usr/bin/toold');
});
