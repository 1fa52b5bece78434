import { type Finding, finding } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import { freePath } from './free-path.ts';
import { LATE_SETTINGS } from './late-settings.ts';
import type { CreateStep, Step } from './step.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';

export interface LateSetup {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
}

/**
 * Torcx put its assets in place before anything of the system ran; systemd-sysext.service runs beside local-fs.target,
 * after much of that. A unit of the extension's own makes up for it, and the extension's other units wait for it.
 * @param name of the extension
 * @param steps what the extension will hold
 * @param waiting units that may need what comes too late, none of which comes before local-fs.target itself
 */
export function lateSetup(
  name: string,
  steps: readonly Step[],
  waiting: readonly string[],
): LateSetup {
  const paths = steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])).sort(comparePaths);
  const late = LATE_SETTINGS.map(settings => ({
    settings,
    files: paths.filter(path => settings.pattern.test(path)),
  })).filter(({ files }) => files.length > 0);
  if (late.length === 0) return { steps: [], findings: [] };
  const isTaken = (candidate: string) => paths.includes(`${UNIT_DIRECTORY}/${candidate}`);
  const unit = freePath(`${name}-setup.service`, isTaken);
  const tmpfiles = argumentsOf(
    paths.filter(path => /^usr\/lib\/tmpfiles\.d\/[^/]+\.conf$/.test(path)),
  );
  const commands = late.flatMap(({ settings, files }) =>
    settings.commands(argumentsOf(files), tmpfiles),
  );
  return {
    steps: [
      create(
        `${UNIT_DIRECTORY}/${unit}`,
        setupUnit(name, commands),
        'does what comes too late at boot',
      ),
      create(
        `${UNIT_DIRECTORY}/multi-user.target.d/05-${unit.replaceAll('.', '-')}.conf`,
        `[Unit]\nUpholds=${unit}\n`,
        `starts ${unit}`,
      ),
      ...waiting.map(unitName =>
        create(
          `${UNIT_DIRECTORY}/${unitName}.d/05-${unit.replaceAll('.', '-')}.conf`,
          `[Unit]\nWants=${unit}\nAfter=${unit}\n`,
          `${unitName} waits for ${unit}`,
        ),
      ),
    ],
    findings: late.flatMap(({ settings, files }) =>
      files.map(path =>
        finding('TX615', {
          path,
          severity: 'info',
          message: `${settings.because}; ${unit}, which was added, makes up for it`,
        }),
      ),
    ),
  };
}

/** Without default dependencies: those would order it after the sockets that wait for it. */
function setupUnit(name: string, commands: readonly string[]): string {
  return [
    '[Unit]',
    `Description=Settings of the ${name} extension`,
    'DefaultDependencies=no',
    'After=local-fs.target systemd-sysext.service systemd-udevd.service systemd-tmpfiles-setup.service',
    'Conflicts=shutdown.target',
    'Before=shutdown.target',
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    ...commands.map(command => `ExecStart=${command}`),
    '',
  ].join('\n');
}

/** Absolute, and only such as need no quoting: no package has ever had another. */
function argumentsOf(paths: readonly string[]): string[] {
  return paths.map(path => `/${path}`).filter(path => /^[\w./@+:-]+$/.test(path));
}

function create(to: string, text: string, because: string): CreateStep {
  return { do: 'create', to, made: { text }, because };
}
