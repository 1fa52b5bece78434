import { DownloadFailure } from './download-failure.ts';

/**
 * Where a redirect leads: to https, or to what the request used anyway. Who asked with https is not handed on to http,
 * where anybody on the way could answer, nor to a local file.
 * @throws DownloadFailure
 */
export function redirectTarget(from: string, location: string): string {
  if (!URL.canParse(location, from)) {
    throw new DownloadFailure(`redirect to '${location}', which is no address`);
  }
  const { protocol, href } = new URL(location, from);
  if (protocol === 'https:' || protocol === new URL(from).protocol) return href;
  throw new DownloadFailure(`redirect to ${href}, which is less safe than ${from}`);
}
