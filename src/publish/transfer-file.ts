import { type VersionedImage, versionPattern } from './versioned-name.ts';

/** Where nodes get the versions of an image from, and where they keep them. */
export interface Transfer extends Pick<VersionedImage, 'name' | 'architecture'> {
  /** Of the directory that has the images and SHA256SUMS. */
  readonly url: string;
  /** The extension has files below /opt. */
  readonly hasOpt: boolean;
  /** SHA256SUMS has a signature beside it. */
  readonly isSigned: boolean;
}

/** The current version, the one before, and one that may be the newest but does not work. */
const INSTANCES = 3;

/**
 * The same file under the name that systemd up to 256 looks for, and under that of 257 and later. A systemd that knows
 * the second does not read the first, so that a node may have both.
 */
export function transferFileNames(name: string): readonly string[] {
  return [`${name}.conf`, `${name}.transfer`];
}

/** The directory on the node that makes the extension a component of its own: `systemd-sysupdate -C NAME`. */
export function transferDirectory(name: string): string {
  return `/etc/sysupdate.${name}.d`;
}

/** The link by which systemd-sysext finds the version that is in use. */
export function currentLink(name: string): string {
  return `/etc/extensions/${name}.raw`;
}

/**
 * Where a node keeps the versions. An extension with files below /opt makes that read-only as long as it is merged; its
 * next version then has to go elsewhere.
 */
export function versionsDirectory({ name, hasOpt }: Pick<Transfer, 'name' | 'hasOpt'>): string {
  return hasOpt ? `/var/opt/extensions/${name}` : `/opt/extensions/${name}`;
}

/** A transfer file of systemd-sysupdate, see sysupdate.d(5). */
export function transferText(transfer: Transfer): string {
  const { name, url, isSigned } = transfer;
  const pattern = versionPattern(transfer);
  return `# How a node gets the versions of the extension ${name}: systemd-sysupdate -C ${name} update
# Its place is ${transferDirectory(name)}/${transferFileNames(name).join(', or ')} from systemd 257 on.
[Transfer]
${isSigned ? SIGNED : UNSIGNED}
[Source]
Type=url-file
Path=${withoutSpecifiers(directoryUrl(url))}
MatchPattern=${pattern}

[Target]
Type=regular-file
Path=${versionsDirectory(transfer)}
MatchPattern=${pattern}
Mode=0644
CurrentSymlink=${currentLink(name)}
InstancesMax=${INSTANCES}
`;
}

const SIGNED = `# SHA256SUMS.gpg must be a signature of SHA256SUMS by a key in /etc/systemd/import-pubring.gpg.
Verify=true
`;

const UNSIGNED = `# SHA256SUMS is not signed: whoever can write to the server decides what nodes run. With a signature SHA256SUMS.gpg
# beside it, and its key in /etc/systemd/import-pubring.gpg on the nodes, this can be true.
Verify=false
`;

export function directoryUrl(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** A percent sign in an address would begin a specifier. */
function withoutSpecifiers(text: string): string {
  return text.replaceAll('%', '%%');
}
