/** How much a finding matters on the target release: fails, may fail, or is only worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** A rule as reports, ignores, `--list-rules` and the pages under docs/rules know it. */
interface Rule {
  /** Names the pattern, not the cure. */
  readonly slug: string;
  /** Severity unless the finding knows better. */
  readonly severity: Severity;
  /** What it finds, in one line for `--list-rules`. */
  readonly summary: string;
}

/**
 * Every rule. Identifiers and slugs are stable: a rule may go, but its number never comes back for another one.
 * 1xx Torcx's own configuration, 2xx systemd units, 3xx scripts and settings, 4xx provisioning, 5xx the sysext side,
 * 6xx the image itself, 9xx housekeeping.
 */
export const RULES = {
  TX101: {
    slug: 'torcx-next-profile',
    severity: 'warning',
    summary: 'selects a Torcx profile, which nothing reads any more',
  },
  TX102: {
    slug: 'torcx-profile',
    severity: 'warning',
    summary: 'a Torcx profile, which nothing reads any more',
  },
  TX103: {
    slug: 'torcx-config',
    severity: 'warning',
    summary: "Torcx's own configuration, which nothing reads any more",
  },
  TX104: {
    slug: 'torcx-remote',
    severity: 'error',
    summary: 'a remote that Torcx fetched images from',
  },
  TX105: {
    slug: 'torcx-store-image',
    severity: 'warning',
    summary: 'an image in a Torcx store, which is not merged',
  },
  TX106: {
    slug: 'torcx-json-unparsable',
    severity: 'error',
    summary: 'a JSON file of Torcx that cannot be parsed',
  },
  TX107: {
    slug: 'docker-1-12-switch',
    severity: 'warning',
    summary: 'the old switch to Docker 1.12',
  },
  TX201: {
    slug: 'torcx-environment-file',
    severity: 'error',
    summary: 'a unit reads the environment file that Torcx sealed',
  },
  TX202: {
    slug: 'torcx-target-requires',
    severity: 'error',
    summary: 'a unit requires torcx.target',
  },
  TX203: {
    slug: 'torcx-target-ordering',
    severity: 'warning',
    summary: 'a unit is ordered after or before torcx.target',
  },
  TX204: {
    slug: 'torcx-bindir-exec',
    severity: 'error',
    summary: 'a unit runs a program by TORCX_BINDIR',
  },
  TX205: {
    slug: 'torcx-unpackdir',
    severity: 'error',
    summary: 'a unit uses TORCX_UNPACKDIR',
  },
  TX206: {
    slug: 'run-torcx-path',
    severity: 'error',
    summary: 'a unit has a path below /run/torcx',
  },
  TX207: {
    slug: 'vendor-unit-copy',
    severity: 'info',
    summary: "a copy of a vendor's unit, which hides that of the extension",
  },
  TX208: {
    slug: 'seal-condition',
    severity: 'error',
    summary: "a unit's condition asks for Torcx's seal file",
  },
  TX209: {
    slug: 'containerd-config-now-effective',
    severity: 'info',
    summary: 'a containerd configuration that had no effect under Torcx',
  },
  TX301: {
    slug: 'script-torcx-variable',
    severity: 'error',
    summary: 'a script uses a variable of Torcx',
  },
  TX302: {
    slug: 'path-run-torcx',
    severity: 'warning',
    summary: 'a search path has a directory below /run/torcx',
  },
  TX303: {
    slug: 'torcx-command',
    severity: 'error',
    summary: 'a command of Torcx is called',
  },
  TX304: {
    slug: 'sources-seal-file',
    severity: 'error',
    summary: "a script sources Torcx's seal file",
  },
  TX305: {
    slug: 'runtime-config-path',
    severity: 'error',
    summary: 'a setting has a path below /run/torcx',
  },
  TX306: {
    slug: 'dangling-run-torcx-link',
    severity: 'error',
    summary: 'a link points below /run/torcx',
  },
  TX307: {
    slug: 'copied-torcx-asset',
    severity: 'error',
    summary: 'a copy of a file that Torcx unpacked',
  },
  TX401: {
    slug: 'provisioned-torcx-file',
    severity: 'warning',
    summary: 'provisioning writes a file that is for Torcx',
  },
  TX403: {
    slug: 'kernel-torcx-config',
    severity: 'warning',
    summary: 'a kernel argument that is for Torcx',
  },
  TX501: {
    slug: 'torcx-generator-mask',
    severity: 'info',
    summary: 'the generator of Torcx is masked',
  },
  TX502: {
    slug: 'builtin-docker-not-masked',
    severity: 'error',
    summary: "Flatcar's built-in Docker is not masked and clashes",
  },
  TX503: {
    slug: 'enable-link-to-sysext-unit',
    severity: 'warning',
    summary: 'an enablement link to a unit of an extension',
  },
  TX504: {
    slug: 'extension-name-mismatch',
    severity: 'error',
    summary: 'an extension whose file and metadata have different names',
  },
  TX505: {
    slug: 'builtin-extension-missing',
    severity: 'error',
    summary: "Flatcar's own Docker or containerd is not merged",
  },
  TX601: {
    slug: 'dynamic-elf',
    severity: 'warning',
    summary: "a program is linked dynamically to the host's libraries",
  },
  TX602: {
    slug: 'missing-library',
    severity: 'warning',
    summary: 'a program needs a library that nobody is known to bring',
  },
  TX603: {
    slug: 'rpath-into-torcx',
    severity: 'warning',
    summary: 'a library search path that the move to /usr breaks',
  },
  TX604: {
    slug: 'path-outside-usr-opt',
    severity: 'warning',
    summary: 'something that belongs outside /usr and /opt',
  },
  TX605: {
    slug: 'setuid-or-capability',
    severity: 'info',
    summary: 'a program with setuid or setgid bit or file capabilities',
  },
  TX606: {
    slug: 'unit-rewritten',
    severity: 'info',
    summary: 'a file was changed to work without Torcx',
  },
  TX607: {
    slug: 'torcx-token-left',
    severity: 'warning',
    summary: 'a reference to Torcx that could not be rewritten',
  },
  TX608: {
    slug: 'escaping-symlink',
    severity: 'warning',
    summary: 'a link out of the image to what no host has',
  },
  TX609: {
    slug: 'mixed-architecture',
    severity: 'warning',
    summary: 'programs for another architecture than the extension',
  },
  TX610: {
    slug: 'manifest-asset-missing',
    severity: 'warning',
    summary: 'the manifest lists what the image does not have',
  },
  TX611: {
    slug: 'special-file-dropped',
    severity: 'warning',
    summary: 'a special file, which is left out',
  },
  TX612: {
    slug: 'unsafe-entry',
    severity: 'error',
    summary: 'an entry that would leave the image',
  },
  TX613: {
    slug: 'oneshot-upheld',
    severity: 'info',
    summary: 'a unit that Upholds= would start over and over',
  },
  TX614: {
    slug: 'unit-not-enabled',
    severity: 'info',
    summary: 'a unit that can be enabled and is not',
  },
  TX615: {
    slug: 'sysusers-or-udev-too-late',
    severity: 'warning',
    summary: 'settings that systemd reads before an extension is merged',
  },
  TX616: {
    slug: 'kernel-module',
    severity: 'warning',
    summary: 'a kernel module, which works with one kernel only',
  },
  TX617: {
    slug: 'left-out-but-needed',
    severity: 'warning',
    summary: 'something needs what is left out on request',
  },
  TX618: {
    slug: 'unexpected-entry',
    severity: 'warning',
    summary: "something that Docker's release archives do not have",
  },
  TX619: {
    slug: 'invalid-extension-release',
    severity: 'error',
    summary: 'an extension-release file by which no host merges the extension',
  },
  TX620: {
    slug: 'sbin-directory',
    severity: 'error',
    summary: 'a directory usr/sbin, which would hide a link of newer hosts',
  },
  TX621: {
    slug: 'directory-mode-changed',
    severity: 'warning',
    summary: 'a directory with a mode that no extension can have',
  },
  TX622: {
    slug: 'newly-effective',
    severity: 'info',
    summary: 'a setting that had no effect under Torcx and has one now',
  },
  TX901: {
    slug: 'unused-ignore',
    severity: 'info',
    summary: 'a comment that ignores a finding which is not there',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
