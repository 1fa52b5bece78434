/** How much a finding matters on the target release: fails, may fail, or is only worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** A rule as reports, ignores, `--list-rules` and the pages under docs/rules know it. */
interface Rule {
  /** Names the pattern, not the cure. */
  readonly slug: string;
  /** Severity unless the finding knows better. */
  readonly severity: Severity;
}

/**
 * Every rule. Identifiers and slugs are stable: a rule may go, but its number never comes back for another one.
 * 1xx Torcx's own configuration, 2xx systemd units, 3xx scripts and settings, 4xx provisioning, 5xx the sysext side,
 * 6xx the image itself, 9xx housekeeping.
 */
export const RULES = {
  TX101: { slug: 'torcx-next-profile', severity: 'warning' },
  TX102: { slug: 'torcx-profile', severity: 'warning' },
  TX103: { slug: 'torcx-config', severity: 'warning' },
  TX104: { slug: 'torcx-remote', severity: 'error' },
  TX105: { slug: 'torcx-store-image', severity: 'warning' },
  TX106: { slug: 'torcx-json-unparsable', severity: 'error' },
  TX107: { slug: 'docker-1-12-switch', severity: 'warning' },
  TX201: { slug: 'torcx-environment-file', severity: 'error' },
  TX202: { slug: 'torcx-target-requires', severity: 'error' },
  TX203: { slug: 'torcx-target-ordering', severity: 'warning' },
  TX204: { slug: 'torcx-bindir-exec', severity: 'error' },
  TX205: { slug: 'torcx-unpackdir', severity: 'error' },
  TX206: { slug: 'run-torcx-path', severity: 'error' },
  TX207: { slug: 'vendor-unit-copy', severity: 'warning' },
  TX208: { slug: 'seal-condition', severity: 'error' },
  TX209: { slug: 'containerd-config-now-effective', severity: 'info' },
  TX301: { slug: 'script-torcx-variable', severity: 'error' },
  TX302: { slug: 'path-run-torcx', severity: 'warning' },
  TX303: { slug: 'torcx-command', severity: 'error' },
  TX304: { slug: 'sources-seal-file', severity: 'error' },
  TX305: { slug: 'runtime-config-path', severity: 'error' },
  TX306: { slug: 'dangling-run-torcx-link', severity: 'error' },
  TX307: { slug: 'copied-torcx-asset', severity: 'warning' },
  TX401: { slug: 'provisioned-torcx-file', severity: 'warning' },
  TX403: { slug: 'kernel-torcx-config', severity: 'warning' },
  TX501: { slug: 'torcx-generator-mask', severity: 'info' },
  TX502: { slug: 'builtin-docker-not-masked', severity: 'error' },
  TX503: { slug: 'enable-link-to-sysext-unit', severity: 'warning' },
  TX504: { slug: 'extension-name-mismatch', severity: 'error' },
  TX601: { slug: 'dynamic-elf', severity: 'warning' },
  TX602: { slug: 'missing-library', severity: 'warning' },
  TX603: { slug: 'rpath-into-torcx', severity: 'warning' },
  TX604: { slug: 'path-outside-usr-opt', severity: 'warning' },
  TX605: { slug: 'setuid-or-capability', severity: 'info' },
  TX606: { slug: 'unit-rewritten', severity: 'info' },
  TX607: { slug: 'torcx-token-left', severity: 'warning' },
  TX608: { slug: 'escaping-symlink', severity: 'warning' },
  TX609: { slug: 'mixed-architecture', severity: 'warning' },
  TX610: { slug: 'manifest-asset-missing', severity: 'warning' },
  TX611: { slug: 'special-file-dropped', severity: 'warning' },
  TX612: { slug: 'unsafe-entry', severity: 'error' },
  TX613: { slug: 'oneshot-upheld', severity: 'info' },
  TX614: { slug: 'unit-not-enabled', severity: 'info' },
  TX615: { slug: 'sysusers-or-udev-too-late', severity: 'warning' },
  TX616: { slug: 'kernel-module', severity: 'warning' },
  TX901: { slug: 'unused-ignore', severity: 'info' },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
