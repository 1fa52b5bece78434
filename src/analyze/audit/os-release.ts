import { isBefore, WITHOUT_TORCX } from './release.ts';

/** Where a node says which release it is (os-release(5)); the first one that is there counts. */
export const OS_RELEASE_PATHS = ['/etc/os-release', '/usr/lib/os-release'] as const;

/** What a node says it is. */
export interface OsRelease {
  readonly id: string;
  /** `3510.2.8` */
  readonly versionId: string;
}

export function parseOsRelease(text: string): OsRelease {
  const value = (key: string) => {
    const [, quoted, plain = ''] =
      new RegExp(`^${key}=(?:["']([^"'\\n]*)["']|([^\\s#]*))`, 'm').exec(text) ?? [];
    return quoted ?? plain;
  };
  return { id: value('ID'), versionId: value('VERSION_ID') };
}

/** The release of a node on which Torcx runs; undefined for another system, and where nobody knows. */
export function torcxRelease(release: OsRelease | undefined): string | undefined {
  if (!release || !/^(?:flatcar|coreos)$/.test(release.id)) return;
  return isBefore(release.versionId, WITHOUT_TORCX) ? release.versionId : undefined;
}
