/** What the unit is called on Flatcar, which has one of its own. */
export const ENSURE_SYSEXT_NAME = 'ensure-sysext.service';

/**
 * A unit for systems other than Flatcar that starts what extensions bring. systemd-sysext merges them when the manager
 * has read its units already, and up to systemd 254 nobody tells it to read them again. Restarting a target does not
 * touch what the target wants, except for starting it.
 */
export function ensureSysextUnit(): string {
  return `[Unit]
Description=Start the units that extensions bring
Documentation=man:systemd-sysext(8)
# Without its default dependencies: it is a part of sysinit.target, which they would make it wait for.
DefaultDependencies=no
# Goes and comes with the merge, so that restarting systemd-sysext.service is enough.
BindsTo=systemd-sysext.service
After=systemd-sysext.service
Conflicts=shutdown.target
Before=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=systemctl daemon-reload
# Not waited for: these targets come after this unit.
ExecStart=systemctl restart --no-block sockets.target timers.target multi-user.target

[Install]
WantedBy=sysinit.target
`;
}
