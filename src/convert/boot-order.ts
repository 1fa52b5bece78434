import { type Finding, finding } from '../finding.ts';
import type { Step } from './step.ts';

/**
 * systemd-sysext.service is ordered before sysinit.target and systemd-tmpfiles-setup.service, and after nothing but
 * the local file systems: whatever else reads /usr at boot has already done so when the extension appears.
 */
const TOO_LATE: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  {
    pattern: /^usr\/lib\/sysusers\.d\/[^/]+\.conf$/,
    message:
      'users are made before the extension is merged, and only after an update of the host; run systemd-sysusers once on each node, or from a unit',
  },
  {
    pattern: /^usr\/lib\/udev\/(rules\.d\/[^/]+\.rules|hwdb\.d\/[^/]+\.hwdb)$/,
    message:
      'devices that exist at boot were already handled when the extension is merged; run udevadm control --reload && udevadm trigger, or do so from a unit',
  },
  {
    pattern: /^usr\/lib\/modules-load\.d\/[^/]+\.conf$/,
    message: 'modules are loaded before the extension is merged; load them from a unit with modprobe',
  },
  {
    pattern: /^usr\/lib\/sysctl\.d\/[^/]+\.conf$/,
    message: 'may be read before the extension is merged; run systemd-sysctl from a unit',
  },
  {
    pattern: /^usr\/lib\/binfmt\.d\/[^/]+\.conf$/,
    message: 'may be read before the extension is merged; run systemd-binfmt from a unit',
  },
  {
    pattern: /^etc\/ld\.so\.conf\.d\//,
    message: 'ldconfig does not run for an extension; give the programs an RPATH instead',
  },
];

/** Says which settings of the extension come too late at boot, and what reads them in time (TX615). */
export function bootOrderFindings(steps: readonly Step[]): Finding[] {
  return steps.flatMap(step => {
    if (step.do === 'drop') return [];
    const rule = TOO_LATE.find(({ pattern }) => pattern.test(step.to));
    return rule ? [finding('TX615', { path: step.to, message: rule.message })] : [];
  });
}
