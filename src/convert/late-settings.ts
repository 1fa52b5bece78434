/** Settings that systemd reads before the extension is merged, and what reads them again. */
export interface LateSettings {
  readonly pattern: RegExp;
  /** What comes too late. */
  readonly because: string;
  /**
   * Command lines that apply the files at `paths`.
   * @param tmpfiles the extension's tmpfiles.d files; like all paths absolute
   */
  commands(paths: readonly string[], tmpfiles: readonly string[]): readonly string[];
}

/**
 * In the order in which systemd does it: users first, since the other settings name them. Programs by absolute path
 * where they have one on every distribution. A leading `-` lets a host without that service go on.
 */
export const LATE_SETTINGS: readonly LateSettings[] = [
  {
    pattern: /^usr\/lib\/sysusers\.d\/[^/]+\.conf$/,
    because: 'users are made before the extension is merged, and only after an update of the host',
    // tmpfiles.d was in time, but could not give anything to users that did not exist yet.
    commands: (paths, tmpfiles) => [
      `systemd-sysusers ${paths.join(' ')}`,
      ...(tmpfiles.length > 0 ? [`-systemd-tmpfiles --create ${tmpfiles.join(' ')}`] : []),
    ],
  },
  {
    pattern: /^usr\/lib\/modules-load\.d\/[^/]+\.conf$/,
    because: 'modules are loaded before the extension is merged',
    commands: paths => [`-/usr/lib/systemd/systemd-modules-load ${paths.join(' ')}`],
  },
  {
    pattern: /^usr\/lib\/sysctl\.d\/[^/]+\.conf$/,
    because: 'kernel settings may be applied before the extension is merged',
    commands: paths => [`-/usr/lib/systemd/systemd-sysctl ${paths.join(' ')}`],
  },
  {
    pattern: /^usr\/lib\/binfmt\.d\/[^/]+\.conf$/,
    because: 'binary formats may be registered before the extension is merged',
    commands: paths => [`-/usr/lib/systemd/systemd-binfmt ${paths.join(' ')}`],
  },
  {
    pattern: /^usr\/lib\/udev\/rules\.d\/[^/]+\.rules$/,
    because: 'devices that exist at boot were handled before the extension is merged',
    commands: () => ['-udevadm control --reload', '-udevadm trigger'],
  },
];
