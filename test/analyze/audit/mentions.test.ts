import { describe, expect, test } from 'vitest';
import { auditFiles, type NodeFiles, summary } from '../../support/audit-files.ts';

const UNIT = '/etc/systemd/system/pilot.service';
const SCRIPT = '/opt/bin/pilot';

/** `line rule severity` of everything that is said about one file. */
async function check(path: string, text: string, expected: readonly string[]) {
  expect(summary(await auditFiles({ [path]: text }))).toEqual(expected);
}

describe('a unit', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'strict dependencies',
      '[Unit]\nRequisite=torcx.target\nBindsTo=torcx.target',
      ['2 TX202 error', '3 TX202 error'],
    ],
    [
      'weak dependencies',
      '[Unit]\nPartOf=torcx.target\nBefore=a.service torcx.target',
      ['2 TX203 warning', '3 TX203 warning'],
    ],
    ['the seal', '[Service]\nEnvironmentFile=/var/run/metadata/torcx', ['2 TX201 error']],
    ['the seal, optional', '[Service]\nEnvironmentFile=-/run/metadata/torcx', ['2 TX201 warning']],
    [
      'the seal, taken back',
      '[Service]\nEnvironmentFile=/run/metadata/torcx\nEnvironmentFile=',
      ['2 TX201 info'],
    ],
    [
      'what systemd passes over for its case',
      '[Unit]\nafter=torcx.target\n[service]\nEnvironmentFile=/run/metadata/torcx',
      ['2 TX203 info', '4 TX201 info'],
    ],
    [
      'unbraced variables',
      '[Service]\nExecStart=/usr/bin/env PATH=$TORCX_BINDIR:$PATH $TORCX_BINDIR/a',
      ['2 TX302 warning', '2 TX204 error'],
    ],
    [
      'a bare program',
      '[Service]\nExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} a',
      ['2 TX302 warning'],
    ],
    [
      'a variable of its own',
      '[Service]\nEnvironment=TORCX_BINDIR=/usr/bin\nExecStart=/usr/bin/env ${TORCX_BINDIR}/a',
      [],
    ],
    [
      'what expands to the rest',
      '[Service]\nExecStart=/usr/bin/a --c ${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}${CONFIG}',
      ['2 TX205 warning'],
    ],
    [
      'what does not, since the directory is set',
      '[Service]\nEnvironment=TORCX_IMAGEDIR=/a\nExecStart=/usr/bin/a ${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}${CONFIG}',
      ['2 TX205 error', '3 TX205 error'],
    ],
    [
      'a test within sh -c',
      "[Service]\nExecStop=/bin/sh -c 'if [ -x /run/torcx/bin/a ]; then /run/torcx/bin/a; fi'",
      ['2 TX206 warning'],
    ],
    [
      'conditions',
      '[Unit]\nConditionPathExists=/run/metadata/torcx\nAssertPathExists=!/run/metadata/torcx',
      ['2 TX208 error', '3 TX208 warning'],
    ],
    [
      'optional paths',
      '[Service]\nReadOnlyPaths=-/run/torcx\nBindPaths=/run/torcx/unpack/a/lib:/a',
      ['2 TX206 warning', '3 TX206 error'],
    ],
    [
      'libraries',
      '[Service]\nEnvironment=LD_LIBRARY_PATH=/run/torcx/unpack/a/lib:/usr/lib64',
      ['2 TX302 error'],
    ],
    [
      'a search path without another element',
      '[Service]\nEnvironment=PATH=/run/torcx/bin',
      ['2 TX302 error'],
    ],
    [
      'comments, also between continued lines',
      '# torcx.target\n[Service]\nExecStart=/usr/bin/a \\\n# /run/torcx/bin\n;x\n  --b',
      [],
    ],
    [
      'descriptions',
      '[Unit]\nDescription=Was in /run/torcx/bin\nDocumentation=file:/run/torcx/x',
      [],
    ],
    [
      'other names',
      '[Unit]\nAfter=motorcx.target torcx-fix.service\n[Service]\nEnvironment=MYTORCX_BINDIR=/a TORCX_FIX=1',
      [],
    ],
    [
      'other files of the metadata agent',
      '[Service]\nEnvironmentFile=/run/metadata/coreos\nExecStart=/usr/lib/coreos/dockerd',
      [],
    ],
    [
      'mounts',
      '[Service]\nExecStart=/usr/bin/docker run \\\n -v /run/torcx:/run/torcx \\\n --mount type=bind,source=/run/torcx/bin/a,target=/a x',
      ['3 TX206 warning', '4 TX206 error'],
    ],
    [
      'an ignored prefix that hides the failure',
      '[Service]\nExecStart=-/usr/sbin/insmod ${TORCX_UNPACKDIR}/a/lib/modules/%v/a.ko',
      ['2 TX205 error'],
    ],
  ];
  test.each(table)('%s', (_, text, expected) => check(UNIT, `${text}\n`, expected));
});

describe('a script', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['a search path', 'export PATH=/run/torcx/bin:$PATH', ['2 TX302 warning']],
    [
      'the seal',
      '. /run/metadata/torcx\nsource "/run/metadata/torcx"',
      ['2 TX304 error', '3 TX304 error'],
    ],
    [
      'the seal, if it is there',
      '[ -f /run/metadata/torcx ] && . /run/metadata/torcx',
      ['2 TX304 warning', '2 TX304 warning'],
    ],
    [
      'a guarded block',
      'if [[ -x /run/torcx/bin/a ]]; then\n  /run/torcx/bin/a\nelse\n  /run/torcx/bin/b\nfi',
      ['2 TX206 warning', '3 TX206 warning', '5 TX206 error'],
    ],
    ['a test that ends the script', '[ -x /run/torcx/bin/a ] || exit 1', ['2 TX206 error']],
    [
      'a negated test that ends it',
      'if ! [ -e /run/metadata/torcx ]; then\n  exit 69\nfi',
      ['2 TX304 error'],
    ],
    [
      'a loop that waits',
      'while [ ! -e /run/metadata/torcx ]; do sleep 1; done',
      ['2 TX304 error'],
    ],
    [
      'a fallback',
      '/run/torcx/bin/a || /usr/bin/a\n/run/torcx/bin/b || true',
      ['2 TX206 warning', '3 TX206 warning'],
    ],
    [
      'a command substitution',
      'v=$(/run/torcx/bin/a --version 2>/dev/null | cut -c1)',
      ['2 TX206 error'],
    ],
    ['a default', 'A=${A:-/run/torcx/bin/a}', ['2 TX206 error']],
    [
      'a variable that is tested',
      'A=/run/torcx/bin/a\nif [ -x "$A" ]; then "$A"; fi',
      ['2 TX206 warning'],
    ],
    ['candidates', 'for a in /usr/bin/a /run/torcx/bin/a; do [ -x $a ] && break; done', []],
    ['an array of candidates', 'A=(\n  /usr/bin/a\n  /run/torcx/bin/a\n)', []],
    [
      'different things in a list',
      'for f in /run/torcx/bin/a /etc/b; do [ -e $f ] || exit 1; done',
      ['2 TX206 error'],
    ],
    [
      'patterns of tools',
      "grep -rE 'TORCX_|/run/torcx' /etc\nsed -i -e 's#/run/torcx/bin/#/usr/bin/#' \\\n  -e '/torcx\\.target/d' \"$f\"\nawk '/run\\/torcx/' x",
      [],
    ],
    [
      'files that tools read',
      'grep -q A /run/metadata/torcx\nsed -n p /run/torcx/profile.json',
      ['2 TX304 error', '3 TX301 warning'],
    ],
    [
      'comparisons',
      '[[ $a == /run/torcx/* ]] && echo old\ncase $a in /run/torcx/*) echo old;; esac\nb=${a#/run/torcx/unpack}',
      [],
    ],
    [
      'messages',
      'echo "no /run/torcx/bin here" >&2\nlogger "torcx.target"\ncat <<EOF\nsee /run/torcx\nEOF',
      [],
    ],
    ['profile variables', 'echo "$TORCX_UPPER_PROFILE"', ['2 TX301 warning']],
    [
      'what is written',
      "echo 'A=1' | tee -a /run/metadata/torcx\necho a >/etc/torcx/next-profile",
      ['2 TX304 error', '3 TX101 warning'],
    ],
    [
      'what is removed',
      'rm -f /etc/torcx/next-profile\nsystemctl stop torcx.target',
      ['2 TX101 info', '3 TX203 info'],
    ],
    [
      'the program',
      'torcx profile list\n/usr/lib/coreos/torcx image list',
      ['2 TX303 error', '3 TX303 error'],
    ],
    [
      'names of its own',
      'TORCX_REPORT_DIR=/var/a\nmkdir -p "$TORCX_REPORT_DIR"\n/opt/bin/torcx-fix',
      [],
    ],
    [
      'a file changed in place',
      'tee -a /run/torcx/unpack/docker/usr/share/containerd/config.toml',
      ['2 TX305 error'],
    ],
    [
      'a mount',
      'docker run -v /run/torcx:/run/torcx -v /run/torcx/bin/a:/a x',
      ['2 TX206 warning', '2 TX206 error'],
    ],
  ];
  test.each(table)('%s', (_, text, expected) => check(SCRIPT, `#!/bin/bash\n${text}\n`, expected));
});

describe('other files', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    [
      '/etc/crontab',
      'PATH=/run/torcx/bin:/usr/bin\n*/5 * * * * root /run/torcx/bin/a -x\n',
      ['1 TX302 warning', '2 TX206 error'],
    ],
    [
      '/etc/udev/rules.d/1.rules',
      '# PROGRAM="/run/torcx/bin/a"\nPROGRAM="/run/torcx/bin/a %k"\n',
      ['2 TX206 error'],
    ],
    [
      '/etc/docker/daemon.json',
      '{"runtimes":{"r":{"path":"/run/torcx/bin/runc"}}}\n',
      ['1 TX206 error'],
    ],
    ['/srv/snapshot.json', '{"pid": 1, "exe": "/run/torcx/bin/a"}\n', []],
    [
      '/etc/a.toml',
      '# /run/torcx/bin\na = "/run/torcx/bin/a"\nb = 1 # /run/torcx\n',
      ['2 TX206 error'],
    ],
    [
      '/etc/tmpfiles.d/a.conf',
      'L /opt/bin/a - - - - /run/torcx/bin/a\nd /run/torcx 0755\n',
      ['1 TX206 error', '2 TX206 warning'],
    ],
    [
      '/srv/Dockerfile',
      'ENV PATH=/run/torcx/bin:$PATH\nRUN /run/torcx/bin/a || true\n',
      ['1 TX302 warning', '2 TX206 warning'],
    ],
    [
      '/srv/a.md',
      'Needs /run/torcx/bin.\n\n```\nsudo cp /run/torcx/bin/a /b\n```\n',
      ['4 TX206 info'],
    ],
    ['/srv/a.txt', 'Feb 20 07:11:02 h systemd[1]: torcx.target: failed\n', []],
    ['/etc/motd', 'torcx.target and /run/torcx/bin are gone\n', []],
    [
      '/srv/a.py',
      's = re.sub("/run/torcx/bin", "/usr/bin", s)\nprint("see /run/torcx/bin")\nP = ["/usr/bin/a", "/run/torcx/bin/a"]\nrun(["/run/torcx/bin/a"])\n',
      ['4 TX206 error'],
    ],
    [
      '/srv/b.py',
      '"""Removes /run/torcx."""\nif os.path.exists("/run/torcx/bin/a"):\n    run("/run/torcx/bin/a")\n',
      ['2 TX206 warning', '3 TX206 warning'],
    ],
    [
      '/srv/c.go',
      'out := ssh("sudo cat /run/torcx/bin/a")\nreturn errors.New("nothing is in /run/torcx/bin")\n',
      ['1 TX206 error'],
    ],
    [
      '/srv/compose.yml',
      'volumes:\n  - /run/torcx/bin/a:/a:ro\n  - /run/torcx:/run/torcx\n',
      ['2 TX206 error', '3 TX206 warning'],
    ],
    [
      '/srv/pod.yaml',
      'command:\n- sh\n- -c\n- |\n  if [ -e /run/torcx/bin/a ]; then\n    /run/torcx/bin/a\n  fi\n',
      ['5 TX206 warning', '6 TX206 warning'],
    ],
    ['/srv/a.diff', '-ExecStart=/run/torcx/bin/a\n', []],
    [
      '/srv/site.yml',
      '- copy:\n    src: a:1.torcx.tgz\n    dest: /var/lib/torcx/store/\n',
      ['2 TX401 error', '3 TX401 error'],
    ],
    ['/srv/alerts.yaml', '- name: torcx\n  summary: "torcx.target is missing"\n', []],
  ];
  test.each(table)('%s', check);
});

describe('what else the node has', () => {
  const unit = '[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=/run/torcx/bin/a\n';
  const dropIn = `${UNIT}.d/10.conf`;
  const table: readonly (readonly [string, NodeFiles, readonly string[]])[] = [
    [
      'a drop-in that takes both back',
      { [UNIT]: unit, [dropIn]: '[Service]\nEnvironmentFile=\nExecStart=\nExecStart=/usr/bin/a\n' },
      ['2 TX201 info', '3 TX206 info'],
    ],
    [
      'a drop-in of a masked unit',
      { [UNIT]: { link: '/dev/null' }, [dropIn]: unit },
      ['2 TX201 info', '3 TX206 info'],
    ],
    [
      'a unit of /usr that one of /etc replaces',
      {
        '/usr/lib/systemd/system/pilot.service': unit,
        [UNIT]: '[Service]\nExecStart=/usr/bin/a\n',
      },
      ['2 TX201 info', '3 TX206 info'],
    ],
    [
      'a linked unit',
      { [UNIT]: { link: '/run/torcx/unpack/a/lib/systemd/system/pilot.service' } },
      ['- TX306 error'],
    ],
    [
      'a link that git wrote as a file',
      { [UNIT]: '/run/torcx/unpack/a/lib/systemd/system/pilot.service' },
      ['- TX306 error'],
    ],
    [
      'a required unit',
      { [`${UNIT}.requires/b.service`]: { link: '/run/systemd/system/b.service' } },
      ['- TX306 error'],
    ],
    [
      'a wanted unit',
      { [`${UNIT}.wants/b.service`]: { link: '../../../../run/systemd/system/b.service' } },
      ['- TX503 warning'],
    ],
    [
      'what torcx.target wanted',
      { '/etc/systemd/system/torcx.target.wants/a.service': { link: '../a.service' } },
      ['- TX503 error'],
    ],
  ];
  test.each(table)('%s', async (_, files, expected) => {
    expect(summary(await auditFiles(files))).toEqual(expected);
  });
});
