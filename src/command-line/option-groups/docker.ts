import type { OptionSpecs } from '../option-spec.ts';
import { choice, httpUrl, sha256Sum } from '../option-values.ts';

/** Where Docker publishes its static releases. */
export const RELEASES = 'https://download.docker.com/linux/static/stable';

/** What has no effect without `--docker`. */
export const DOCKER_OPTIONS = {
  only: {
    flags: '--only <part>',
    help: 'docker or containerd (default: both in one image)',
    read: choice(['docker', 'containerd']),
  },
  mirror: {
    flags: '--mirror <url>',
    help: `the directory that has ARCH/docker-VERSION.tgz (default: ${RELEASES})`,
    read: httpUrl,
  },
  sha256: {
    flags: '--sha256 <sum>',
    help: 'what the archive must have; it is not unpacked otherwise',
    read: sha256Sum,
  },
} as const satisfies OptionSpecs;
