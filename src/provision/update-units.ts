import type { NodeUnit } from './node-unit.ts';

/**
 * Fetches a new version once a day and puts it in the place of the old one; it is merged at the next boot, when no
 * container runs. Units of its own, because systemd-sysupdate.service serves the host's own transfer files, and fails
 * where there are none.
 */
export function updateUnits(name: string): NodeUnit[] {
  return [
    { name: `${name}-update.service`, enabled: false, text: service(name) },
    { name: `${name}-update.timer`, enabled: true, text: timer(name) },
  ];
}

function service(name: string): string {
  return `[Unit]
Description=Fetch the newest version of the extension ${name}
Documentation=man:systemd-sysupdate(8)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=/usr/lib/systemd/systemd-sysupdate --component=${name} update
`;
}

/** Spread over hours, so that a thousand nodes do not ask at once. */
function timer(name: string): string {
  return `[Unit]
Description=Fetch the newest version of the extension ${name} each day

[Timer]
OnCalendar=daily
RandomizedDelaySec=6h
Persistent=true

[Install]
WantedBy=timers.target
`;
}
