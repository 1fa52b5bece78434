import type { ImageReport } from '../convert/report.ts';

/** What makes a running node see that extensions have come, gone or changed. */
export function remergeCommands({ output }: ImageReport): string[] {
  return output.extensionRelease.fields.ID === 'flatcar'
    ? ['sudo systemctl restart systemd-sysext ensure-sysext']
    : ['sudo systemctl restart systemd-sysext', 'sudo systemctl daemon-reload'];
}
