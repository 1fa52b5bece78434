import type { ImageReport, ReportOutput } from '../convert/report.ts';

/** The hosts that merge the extension, in words: "ID=flatcar, SYSEXT_LEVEL=1.0, x86-64". */
export function hostWords({
  output,
}: {
  readonly output: Pick<ReportOutput, 'extensionRelease'>;
}): string {
  const {
    ID: id,
    SYSEXT_LEVEL: level,
    VERSION_ID: version,
    ARCHITECTURE: arch,
  } = output.extensionRelease.fields;
  return [
    id === '_any' ? 'any distribution' : `ID=${id}`,
    level === undefined ? undefined : `SYSEXT_LEVEL=${level}`,
    // systemd looks at the version only when there is no level to compare.
    version === undefined ? undefined : `VERSION_ID=${version}`,
    arch === undefined ? 'any architecture' : arch,
  ]
    .filter(part => part !== undefined)
    .join(', ');
}

/** True when Flatcar, where Torcx was at home, is among the hosts. */
export function isForFlatcar({ output }: ImageReport): boolean {
  const { ID: id } = output.extensionRelease.fields;
  return id === 'flatcar' || id === '_any';
}
