import { expect, it } from 'vitest';
import { UNIT_DIRECTORY } from '../../src/convert/unit-directory.ts';
import { plannedText, planOf } from '../support/plan-of.ts';

const UNITS = 'lib/systemd/system';

/** The plan for an image whose manifest lists all units and directories of links. */
function planUnitsOf(files: Readonly<Record<string, string | { link: string }>>, enable?: string) {
  const tree = Object.fromEntries(
    Object.entries(files).map(([n, file]) => [`${UNITS}/${n}`, file]),
  );
  const listed = Object.keys(tree).map(path => `/${path.replace(/(?<=\.(?:wants|d))\/.*/, '')}`);
  const options = enable === undefined ? {} : { enable: [enable] };
  return planOf({ tree, manifest: { units: listed }, options });
}

const startedBy = ({ units }: Awaited<ReturnType<typeof planUnitsOf>>) =>
  units.enabled.map(({ unit, upheldBy }) => `${upheldBy} ${unit}`);

it('has multi-user.target start what Torcx started with its own target', async () => {
  const plan = await planUnitsOf({
    'a.service': '[Service]\nExecStart=/a\n',
    'torcx.target.wants/a.service': { link: '../a.service' },
    'torcx.target.d/x.conf': '[Unit]\nWants=b.service\n',
  });
  expect(startedBy(plan)).toEqual(['multi-user.target a.service']);
  expect(plan.findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
    `TX607 ${UNIT_DIRECTORY}/torcx.target.d/x.conf`,
  ]);
});

it('does not start a mount that would put a directory over itself', async () => {
  const mount = (what: string) =>
    `[Mount]\nWhat=${what}\nWhere=/opt/cni\n[Install]\nWantedBy=multi-user.target\n`;
  const link = { 'multi-user.target.wants/opt-cni.mount': { link: '../opt-cni.mount' } };
  const itself = await planUnitsOf({ 'opt-cni.mount': mount('/opt/cni'), ...link });
  expect(startedBy(itself)).toEqual([]);
  expect(itself.findings).toMatchObject([
    { ruleId: 'TX614', message: expect.stringContaining('would mount that on itself') },
  ]);
  const moved = { 'opt-cni.mount.d/1.conf': '[Mount]\nWhat=/opt/other\n' };
  const elsewhere = await planUnitsOf({ 'opt-cni.mount': mount('/opt/cni'), ...moved, ...link });
  expect(startedBy(elsewhere)).toEqual(['multi-user.target opt-cni.mount']);
  const other = await planUnitsOf({ 'opt-cni.mount': mount('/opt/other'), ...link });
  expect(startedBy(other)).toEqual(['multi-user.target opt-cni.mount']);
  expect(other.findings).toEqual([]);
});

it('keeps the escapes in the names of units', async () => {
  const device = 'dev-virtio\\x2dports-a.device';
  const unit = `[Service]\nExecStart=/a\n[Install]\nWantedBy=${device}\n`;
  expect(startedBy(await planUnitsOf({ 'a.service': unit }, 'a.service'))).toEqual([
    `${device} a.service`,
  ]);
});

it('says nothing of a link to a unit that the image masks', async () => {
  const plan = await planUnitsOf({
    'a.service': { link: '/dev/null' },
    'multi-user.target.wants/a.service': { link: '../a.service' },
  });
  expect(plan.findings).toEqual([]);
});

it('takes Torcx out of a unit that a link leads to', async () => {
  const unit = '[Unit]\nRequires=torcx.target\n[Service]\nExecStart=/run/torcx/bin/a\n';
  const plan = await planOf({
    tree: {
      'opt/units/a.service': unit,
      [`${UNITS}/a.service`]: { link: '/run/torcx/unpack/x/opt/units/a.service' },
      'usr/share/dbus/a.service': '[D-BUS Service]\nExec=/run/torcx/bin/a # torcx.target\n',
    },
    manifest: { units: [`/${UNITS}/a.service`] },
  });
  expect(plannedText(plan, 'opt/units/a.service')).toBe(
    '[Unit]\n[Service]\nExecStart=/usr/bin/a\n',
  );
  expect(plan.rewrites.map(({ to, isUnit }) => [to, isUnit])).toEqual([
    ['opt/units/a.service', true],
  ]);
});

it('makes no alias where the image has a unit of that name', async () => {
  const plan = await planUnitsOf(
    {
      'a.service': '[Service]\nExecStart=/a\n[Install]\nAlias=b.service c.service\n',
      'b.service': '[Service]\nExecStart=/b\n',
    },
    'a',
  );
  const made = plan.steps.flatMap(step =>
    step.do === 'create' && 'target' in step.made ? [[step.to, step.made.target]] : [],
  );
  expect(made).toEqual([[`${UNIT_DIRECTORY}/c.service`, 'a.service']]);
});
