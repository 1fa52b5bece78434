import { type TorcxIdentity, torcxIdentity } from '../../extension-name.ts';

/** What Torcx or Flatcar kept at a path of the node. */
export type TorcxPlace =
  | { readonly kind: 'next-profile' }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'remote'; readonly name: string }
  | { readonly kind: 'config' }
  | { readonly kind: 'image'; readonly image: TorcxIdentity; readonly format: 'tgz' | 'squashfs' }
  | { readonly kind: 'docker-switch' }
  | { readonly kind: 'generator' }
  /** Another file or directory in one of Torcx's own directories. */
  | { readonly kind: 'other' };

/** Undefined for a path that was neither Torcx's nor Flatcar's for it. */
export function torcxPlace(nodePath: string): TorcxPlace | undefined {
  if (!/torcx|docker-1\.12/.test(nodePath)) return;
  if (nodePath === '/etc/torcx/next-profile') return { kind: 'next-profile' };
  if (/^\/etc\/(?:coreos|flatcar)\/docker-1\.12$/.test(nodePath)) return { kind: 'docker-switch' };
  if (
    /^\/(?:etc|usr\/lib|usr\/local\/lib)\/systemd\/system-generators\/torcx-generator$/.test(
      nodePath,
    )
  )
    return { kind: 'generator' };
  const profile = /^\/(?:etc|oem|usr\/share\/oem|usr\/share)\/torcx\/profiles\/([^/]+)\.json$/.exec(
    nodePath,
  )?.[1];
  if (profile !== undefined) return { kind: 'profile', name: profile };
  const remote = /^\/(?:etc|usr\/share(?:\/oem)?)\/torcx\/remotes\/([^/]+)\/remote\.json$/.exec(
    nodePath,
  )?.[1];
  if (remote !== undefined) return { kind: 'remote', name: remote };
  const format = /\.torcx\.(tgz|squashfs)$/.exec(nodePath)?.[1];
  if (format === 'tgz' || format === 'squashfs')
    return { kind: 'image', image: torcxIdentity(nodePath), format };
  if (nodePath === '/etc/torcx/config.json') return { kind: 'config' };
  const isOwn = /^\/(?:etc|var\/lib|usr\/share|usr\/share\/oem|oem)\/torcx(?:\/|$)/.test(nodePath);
  return isOwn ? { kind: 'other' } : undefined;
}
