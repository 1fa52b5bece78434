import { isBefore, WITHOUT_TORCX } from '../../flatcar-release.ts';

/** Where a node says which release it is (os-release(5)); the first one that is there counts. */
export const OS_RELEASE_PATHS = ['/etc/os-release', '/usr/lib/os-release'] as const;

export function isOsRelease(nodePath: string): boolean {
  return OS_RELEASE_PATHS.some(path => path === nodePath);
}

/** What a node says it is. */
export interface OsRelease {
  /** Where it says so, one of {@link OS_RELEASE_PATHS}. */
  readonly path: string;
  readonly id: string;
  /** `3510.2.8` */
  readonly versionId: string;
}

export function parseOsRelease(path: string, text: string): OsRelease {
  const value = (key: string) => {
    const [, quoted, plain = ''] =
      new RegExp(`^${key}=(?:["']([^"'\\n]*)["']|([^\\s#]*))`, 'm').exec(text) ?? [];
    return quoted ?? plain;
  };
  return { path, id: value('ID'), versionId: value('VERSION_ID') };
}

/** The release of a node on which Torcx runs; undefined for another system, and where nobody knows. */
export function torcxRelease(release: OsRelease | undefined): string | undefined {
  if (!release || !/^(?:flatcar|coreos)$/.test(release.id)) return;
  return isBefore(release.versionId, WITHOUT_TORCX) ? release.versionId : undefined;
}
