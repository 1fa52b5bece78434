import { describe, expect, test } from 'vitest';
import { type EnablementInput, planEnablement } from '../../src/convert/enablement.ts';
import { ToolError } from '../../src/errors.ts';

const INSTALL = '[Install]\nWantedBy=multi-user.target\n';

function unit(name: string, text: string, dropIns: Record<string, string> = {}) {
  return {
    name,
    text,
    dropIns: Object.entries(dropIns).map(([file, content]) => ({ name: file, text: content })),
  };
}

function plan(input: Partial<EnablementInput>) {
  const { files, ...rest } = planEnablement({
    units: [],
    links: [],
    enable: [],
    noEnable: [],
    whyNot: 'since nothing linked it',
    ...input,
  });
  const texts = Object.fromEntries(
    files.map(({ path, text }) => [path.replace('usr/lib/systemd/system/', ''), text]),
  );
  return { texts, ...rest };
}

const want = (name: string, target = 'multi-user.target') => ({
  target,
  unit: name,
  because: `linked in ${target}.wants`,
});

describe('links of the manifest', () => {
  test('start what these units start, under whatever name', () => {
    const { texts, notEnabled, findings } = plan({
      units: [
        unit('a.target', '[Unit]\nRequires=b.service\n'),
        unit('b.service', `[Unit]\nWants=second.service\n${INSTALL}`),
        unit('c.service', `[Service]\nType=oneshot\nExecStart=/c\n${INSTALL}`),
        unit('d.service', `[Unit]\nWants=e.service\n${INSTALL}`),
        unit('e.service', INSTALL),
      ],
      links: [want('a.target')],
      aliases: new Map([['second.service', 'c.service']]),
    });
    expect(notEnabled.map(({ unit: name }) => name)).toEqual(['d.service', 'e.service']);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['TX614', 'TX614']);
    expect(Object.keys(texts)).toEqual(['multi-user.target.d/10-a-target.conf']);
  });

  test('start neither an instance of a template nor a second name of a unit that is refused', () => {
    const { enabled } = plan({
      units: [unit('a@.service', ''), unit('b.service', ''), unit('c@.service', '')],
      links: [
        want('a@1.service'),
        want('second.service'),
        want('c@1.service'),
        want('c@2.service'),
      ],
      aliases: new Map([['second.service', 'b.service']]),
      noEnable: ['a@.service', 'b.service', 'c@2.service'],
    });
    expect(enabled.map(({ unit: name }) => name)).toEqual(['c@1.service']);
  });

  test('by a second name of a oneshot keep the oneshot active', () => {
    const { texts } = plan({
      units: [unit('c.service', `[Service]\nType=oneshot\nExecStart=/c\n`)],
      links: [want('second.service')],
      aliases: new Map([['second.service', 'c.service']]),
    });
    expect(texts).toEqual({
      'c.service.d/10-remain-after-exit.conf': '[Service]\nRemainAfterExit=yes\n',
      'multi-user.target.d/10-second-service.conf': '[Unit]\nUpholds=second.service\n',
    });
  });

  test('become Upholds= of their target', () => {
    const { texts, enabled, findings } = plan({
      units: [
        unit('docker.socket', '[Socket]\n'),
        unit('containerd.service', '[Service]\nExecStart=/a\n'),
      ],
      links: [want('docker.socket', 'sockets.target'), want('containerd.service')],
    });
    expect(texts).toEqual({
      'multi-user.target.d/10-containerd-service.conf': '[Unit]\nUpholds=containerd.service\n',
      'sockets.target.d/10-docker-socket.conf': '[Unit]\nUpholds=docker.socket\n',
    });
    expect(enabled).toEqual([
      {
        unit: 'containerd.service',
        upheldBy: 'multi-user.target',
        dropIn: 'usr/lib/systemd/system/multi-user.target.d/10-containerd-service.conf',
        reason: 'linked in multi-user.target.wants',
      },
      {
        unit: 'docker.socket',
        upheldBy: 'sockets.target',
        dropIn: 'usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf',
        reason: 'linked in sockets.target.wants',
      },
    ]);
    expect(findings).toEqual([]);
  });

  test('the same file name for two units holds both', () => {
    const { texts } = plan({ links: [want('a.b.service'), want('a-b.service')] });
    expect(texts).toEqual({
      'multi-user.target.d/10-a-b-service.conf':
        '[Unit]\nUpholds=a-b.service\nUpholds=a.b.service\n',
    });
  });

  test.each([
    'a\nExecStart=evil.service',
    'no-suffix',
    '.service',
    `${'x'.repeat(250)}.service`,
    'a/b.service',
  ])('the name %j gets into no file', name => {
    expect(plan({ links: [want(name)] }).texts).toEqual({});
    expect(plan({ links: [want('a.service', name)] }).texts).toEqual({});
  });

  test('--no-enable keeps a unit from being started', () => {
    const { texts, notEnabled, findings } = plan({
      units: [unit('a.service', `[Service]\nExecStart=/a\n${INSTALL}`)],
      links: [want('a.service')],
      noEnable: ['a'],
    });
    expect(texts).toEqual({});
    expect(notEnabled).toEqual([{ unit: 'a.service', wantedBy: ['multi-user.target'] }]);
    expect(findings).toMatchObject([
      { ruleId: 'TX614', message: expect.stringContaining('--no-enable') },
    ]);
  });
});

describe('--enable', () => {
  test.each<[string, string, string, Record<string, string>]>([
    [
      'the targets of [Install]',
      'a.service',
      'WantedBy=a.target b.target\nRequiredBy=c.target\n',
      {
        'a.target.d/10-a-service.conf': '[Unit]\nUpholds=a.service\n',
        'b.target.d/10-a-service.conf': '[Unit]\nUpholds=a.service\n',
        'c.target.d/10-a-service.conf': '[Unit]\nUpholds=a.service\n',
      },
    ],
    [
      'a reset list',
      'a.service',
      'WantedBy=a.target\nWantedBy=\nUpheldBy=b.target\n',
      {
        'b.target.d/10-a-service.conf': '[Unit]\nUpholds=a.service\n',
      },
    ],
    [
      'a service without targets',
      'a.service',
      '',
      { 'multi-user.target.d/10-a-service.conf': '[Unit]\nUpholds=a.service\n' },
    ],
    [
      'a socket',
      'a.socket',
      '',
      { 'sockets.target.d/10-a-socket.conf': '[Unit]\nUpholds=a.socket\n' },
    ],
    ['a timer', 'a.timer', '', { 'timers.target.d/10-a-timer.conf': '[Unit]\nUpholds=a.timer\n' }],
    [
      'a mount',
      'a.mount',
      '',
      { 'multi-user.target.d/10-a-mount.conf': '[Unit]\nUpholds=a.mount\n' },
    ],
  ])('%s', (_, name, install, expected) => {
    const { texts, notEnabled } = plan({
      units: [unit(name, `[Service]\nExecStart=/a\n[Install]\n${install}`)],
      enable: [name],
    });
    expect(texts).toEqual(expected);
    expect(notEnabled).toEqual([]);
  });

  test('a name without a suffix is a service', () => {
    const units = [unit('a.service', '[Service]\nExecStart=/a\n')];
    expect(plan({ units, enable: ['a'] }).enabled).toMatchObject([{ unit: 'a.service' }]);
  });

  test('templates: an instance, and the default one', () => {
    const units = [
      unit(
        'a@.service',
        '[Service]\nExecStart=/a\n[Install]\nDefaultInstance=x\nWantedBy=%i.target\n',
      ),
    ];
    expect(plan({ units, enable: ['a@y.service'] }).texts).toEqual({
      'y.target.d/10-a@y-service.conf': '[Unit]\nUpholds=a@y.service\n',
    });
    expect(plan({ units, enable: ['a@.service'] })).toMatchObject({
      texts: { 'x.target.d/10-a@x-service.conf': '[Unit]\nUpholds=a@x.service\n' },
      notEnabled: [],
    });
  });

  test('aliases become links, and Also= goes with it', () => {
    const { aliases, enabled } = plan({
      units: [
        unit(
          'a.service',
          '[Service]\nExecStart=/a\n[Install]\nAlias=b.service ../evil\nAlso=a.socket gone.socket\n',
        ),
        unit('a.socket', '[Install]\nWantedBy=sockets.target\nAlso=a.service\n'),
      ],
      enable: ['a.service'],
    });
    expect(aliases).toEqual([
      {
        path: 'usr/lib/systemd/system/b.service',
        target: 'a.service',
        because: 'an alias of a.service',
      },
    ]);
    expect(enabled.map(row => row.unit)).toEqual(['a.service', 'a.socket']);
  });

  test.each([
    [
      'an unknown unit',
      'containred.service',
      { what: "the image has no unit 'containred.service'", suggestion: 'containerd.service' },
    ],
    [
      'nothing like it',
      'zzzzzzzzzzzz.timer',
      { what: "the image has no unit 'zzzzzzzzzzzz.timer'" },
    ],
    ['no name', 'a b', { what: "'a b' is not a unit name" }],
    ['a path', '../a.service', { what: "'../a.service' is not a unit name" }],
    [
      'a template',
      't@.service',
      {
        what: "'t@.service' is a template without a default instance",
        suggestion: 't@INSTANCE.service',
      },
    ],
  ])('refuses %s', (_, name, facts) => {
    const units = [unit('containerd.service', ''), unit('t@.service', '')];
    expect(() => plan({ units, enable: [name] })).toThrow(ToolError);
    try {
      plan({ units, enable: [name] });
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage', facts });
    }
  });
});

describe('an upheld oneshot', () => {
  const DROP_IN = { 'a.service.d/10-remain-after-exit.conf': '[Service]\nRemainAfterExit=yes\n' };
  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['plain', 'Type=oneshot\nExecStart=/a\n', {}, DROP_IN],
    ['implied', 'ExecStop=/a\n', {}, DROP_IN],
    ['implied by a reset', 'ExecStart=/a\nExecStart=\nExecStop=/a\n', {}, DROP_IN],
    ['said by a drop-in', 'ExecStart=/a\n', { '50-x.conf': '[Service]\nType=oneshot\n' }, DROP_IN],
    ['remaining', 'Type=oneshot\nRemainAfterExit=TRUE\n', {}, {}],
    [
      'remaining by a drop-in',
      'Type=oneshot\n',
      { 'x.conf': '[Service]\nRemainAfterExit=on\n' },
      {},
    ],
    [
      'not remaining: the last one counts',
      'Type=oneshot\nRemainAfterExit=1\nRemainAfterExit=no\n',
      {},
      DROP_IN,
    ],
    ['nonsense is ignored', 'Type=oneshot\nRemainAfterExit=yes\nRemainAfterExit=perhaps\n', {}, {}],
    ['in the wrong section', 'Type=oneshot\n[Unit]\nRemainAfterExit=yes\n', {}, DROP_IN],
    [
      'after a later drop-in that says no',
      'Type=oneshot\n',
      { '90-x.conf': '[Service]\nRemainAfterExit=no\n' },
      {
        'a.service.d/90-x.remain-after-exit.conf': '[Service]\nRemainAfterExit=yes\n',
      },
    ],
    ['another type', 'Type=oneshot\nType=simple\nExecStart=/a\n', {}, {}],
    ['no type', 'ExecStart=/a\n', {}, {}],
    ['a bus name', 'BusName=a.b\n', {}, {}],
  ])('%s', (_, service, dropIns, expected) => {
    const { texts, findings } = plan({
      units: [unit('a.service', `[Service]\n${service}`, dropIns)],
      links: [want('a.service')],
    });
    const { 'multi-user.target.d/10-a-service.conf': pull, ...rest } = texts;
    expect(pull).toBe('[Unit]\nUpholds=a.service\n');
    expect(rest).toEqual(expected);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(Object.keys(expected).map(() => 'TX613'));
  });

  test('of an instance has the file of its template', () => {
    const { texts } = plan({
      units: [unit('a@.service', '[Service]\nType=oneshot\nExecStart=/a %i\n')],
      links: [want('a@x.service')],
    });
    expect(texts['a@x.service.d/10-remain-after-exit.conf']).toBe(
      '[Service]\nRemainAfterExit=yes\n',
    );
  });

  test('that is not upheld stays as it is', () => {
    expect(plan({ units: [unit('a.service', '[Service]\nType=oneshot\n')] }).texts).toEqual({});
  });
});

describe('units that nothing enables', () => {
  test.each<[string, string, string]>([
    ['a.service', INSTALL, '--enable a.service'],
    ['a@.service', INSTALL, '--enable a@INSTANCE.service'],
    ['a.service', '[Install]\nAlias=b.service\n', '--enable a.service'],
  ])('%s', (name, install, how) => {
    const { findings } = plan({ units: [unit(name, install)] });
    expect(findings).toMatchObject([
      {
        ruleId: 'TX614',
        path: `usr/lib/systemd/system/${name}`,
        fix: { description: expect.stringContaining(how) },
      },
    ]);
  });

  test('a service says which enabled socket starts it', () => {
    const { findings } = plan({
      units: [unit('a.service', INSTALL), unit('a.socket', '')],
      links: [want('a.socket', 'sockets.target')],
    });
    expect(findings).toMatchObject([{ message: expect.stringContaining('a.socket starts it') }]);
  });

  test('a unit without [Install], and one that is enabled, are no finding', () => {
    const { findings } = plan({
      units: [
        unit('a.service', '[Service]\nExecStart=/a\n'),
        unit('b.service', `[Service]\nExecStart=/b\n${INSTALL}`),
      ],
      links: [want('b.service')],
    });
    expect(findings).toEqual([]);
  });
});

test('a unit without a target is started with those of its kind, and is no alias of itself', () => {
  const names = ['a.path', 'a.service', 'a.socket', 'a.timer'];
  const { enabled, aliases } = plan({
    units: names.map(name => unit(name, `[Install]\nAlias=${name} b-${name}\n`)),
    enable: names,
  });
  expect(enabled.map(({ unit: name, upheldBy }) => `${upheldBy} ${name}`)).toEqual([
    'multi-user.target a.service',
    'paths.target a.path',
    'sockets.target a.socket',
    'timers.target a.timer',
  ]);
  expect(aliases.map(({ path, target }) => `${path.replace(/.*\//, '')} ${target}`)).toEqual(
    names.map(name => `b-${name} ${name}`),
  );
});
