import type { OptionSpecs } from '../option-spec.ts';
import { directoryUrl, filePath, imageUrl, matching, yesOrNo } from '../option-values.ts';

/** How the image gets to nodes. */
export const PUBLISHING_OPTIONS = {
  imageVersion: {
    flags: '--image-version <version>',
    help: 'call the image NAME-VERSION-ARCH.raw',
    read: matching(
      /^[A-Za-z0-9][A-Za-z0-9._+-]*$/,
      "a version: letters, digits, '.', '_', '+', '-', the first a letter or digit",
    ),
  },
  sha256sums: {
    flags: '--sha256sums',
    help: 'give the image a line in SHA256SUMS beside it',
    read: yesOrNo,
  },
  sysupdate: {
    flags: '--sysupdate <url>',
    help: 'also write the transfer files by which systemd-sysupdate gets the image from the directory at this address, NAME.conf and NAME.transfer',
    read: directoryUrl,
  },
  butane: {
    flags: '--butane <path>',
    help: 'also write the Butane configuration that installs the image on new nodes',
    read: filePath,
  },
  ignition: {
    flags: '--ignition <path>',
    help: 'the same as Ignition reads it',
    read: filePath,
  },
  imageUrl: {
    flags: '--image-url <url>',
    help: 'where these nodes get the image from, or the directory that has it (default: the address of --sysupdate)',
    read: imageUrl,
  },
} as const satisfies OptionSpecs;
