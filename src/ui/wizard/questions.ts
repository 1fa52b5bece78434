import type {
  Answers,
  LIST_ANSWERS,
  SWITCH_ANSWERS,
  TEXT_ANSWERS,
} from '../../command-line/answers.ts';

/** The answers that one question decides. */
type Key = 'name' | (typeof TEXT_ANSWERS | typeof LIST_ANSWERS | typeof SWITCH_ANSWERS)[number];

/** A decision about a conversion that is put as a question, on a screen or as a line. */
export interface Question {
  readonly id: Key;
  /** All options that it decides. */
  readonly keys: readonly Key[];
  readonly title: string;
  /** What the answer changes, in a sentence or two. */
  readonly means: string;
  /** Answers that can be chosen. */
  readonly offers: readonly Offer[];
  /** Nothing else can be answered; any other text is judged by the command line's parser. */
  readonly isClosed: boolean;
  /** What is meant by an empty answer. */
  readonly usual: string;
  textIn(answers: Answers): string;
  withText(answers: Answers, value: string): Answers;
}

export interface Offer {
  readonly value: string;
  readonly means: string;
}

export const NAME_QUESTION: Question = text('name', {
  title: 'Name of the extension',
  means: 'systemd knows it by this name, and the image is called NAME.raw.',
  usual: "the name in the archive's file name",
});

/** What is asked about every image, in this order, when the archive, its entries and units are settled. */
export const QUESTIONS: readonly Question[] = [
  text('output', {
    title: 'Image',
    means:
      'The file that is written. An existing directory, or a path with a slash at its end, gets NAME.raw in it.',
    usual: './NAME.raw',
  }),
  text('imageFormat', {
    title: 'Format',
    means: 'One file that systemd-sysext mounts, or a plain directory that it takes as it is.',
    offers: [
      { value: 'squashfs', means: 'a compressed, read-only image' },
      { value: 'directory', means: 'to look at, or for hosts without loop devices' },
      { value: 'erofs', means: 'read-only too; made by mkfs.erofs, which has to be installed' },
      { value: 'ext4', means: 'not compressed; made by mkfs.ext4' },
      { value: 'ext2', means: 'the same for old kernels; made by mkfs.ext2' },
      { value: 'btrfs', means: 'made by mkfs.btrfs' },
    ],
    usual: 'squashfs',
  }),
  text('compression', {
    title: 'Compression',
    means: 'How the files are packed. A level behind a colon trades time for size: zstd:19.',
    offers: [
      { value: 'zstd', means: 'small and fast to read; every Flatcar kernel has it' },
      { value: 'zstd:19', means: 'some percent smaller, takes several times as long' },
      { value: 'gzip', means: 'larger; for kernels without zstd (before 4.14)' },
    ],
    usual: 'zstd',
  }),
  text('blockSize', {
    title: 'Block size',
    means:
      'How much is packed at once. Larger blocks make a smaller image whose files are read in larger pieces.',
    offers: [
      { value: '128K', means: 'what every tool takes by default' },
      { value: '256K', means: 'a little smaller' },
      { value: '512K', means: 'smaller still' },
      { value: '1M', means: 'the smallest image' },
    ],
    usual: '128K',
  }),
  text('os', {
    title: 'For hosts of',
    means: 'ID in /etc/os-release of the hosts that merge the extension.',
    offers: [
      { value: 'flatcar', means: 'Flatcar Container Linux' },
      { value: '_any', means: 'any distribution: nothing is compared, so programs must be static' },
    ],
    usual: 'flatcar',
  }),
  text('sysextLevel', {
    title: 'SYSEXT_LEVEL',
    means: 'The level that the host must have. It survives updates of the host, unlike a version.',
    usual: '1.0, unless a version is given',
  }),
  text('osVersion', {
    title: 'VERSION_ID',
    means:
      'The exact release of the host. The extension is not merged any more after an update: right for programs that are linked to its libraries.',
    usual: 'any release',
  }),
  text('arch', {
    title: 'Architecture',
    means: 'The processors of the hosts.',
    offers: [
      { value: 'auto', means: 'what the programs in the image are for' },
      { value: 'x86-64', means: 'Intel and AMD' },
      { value: 'arm64', means: 'ARM' },
    ],
    usual: 'auto',
  }),
  yesNo('noReload', {
    title: 'Reload systemd',
    means:
      'Whether systemd reads the units when the extension is merged on a running host. Without it they are known after `systemctl daemon-reload`.',
    isInverse: true,
  }),
  yesNo('keepSelinux', {
    title: 'SELinux labels',
    means:
      'Whether files keep the labels of the machine that packed the archive. Only for hosts with the same policy.',
  }),
  reportQuestion(),
  text('imageVersion', {
    title: 'Version',
    means:
      'Becomes a part of the file name, NAME-VERSION-ARCH.raw, by which updates are told apart.',
    usual: 'none',
  }),
  yesNo('sha256sums', {
    title: 'SHA256SUMS',
    means:
      'Whether the image gets a line in the list of checksums beside it, as whoever publishes it needs.',
  }),
  text('sysupdate', {
    title: 'Updates from',
    means:
      'The address of the directory from which systemd-sysupdate gets new versions; needs a version.',
    usual: 'none',
  }),
  text('butane', {
    title: 'Butane',
    means: 'A file for the Butane configuration by which new nodes install the image.',
    usual: 'none',
  }),
  text('ignition', {
    title: 'Ignition',
    means: 'A file for the same configuration as Ignition reads it.',
    usual: 'none',
  }),
  text('imageUrl', {
    title: 'Image address',
    means:
      'Where new nodes get the image from, or the directory that has it; if not given, where updates come from.',
    usual: 'none',
  }),
  yesNo('verify', {
    title: 'Verify contents',
    means:
      'Whether each file of the finished image is compared with the archive. The structure is always checked.',
  }),
  yesNo('strict', {
    title: 'Warnings fail',
    means: 'Whether a warning keeps the image from being written.',
  }),
  yesNo('force', {
    title: 'Replace files',
    means: 'Whether files that exist already may be replaced.',
  }),
  text('jobs', {
    title: 'Threads',
    means: 'How many threads compress. The image is the same for every number.',
    usual: 'one for each processor',
  }),
];

/** Answered elsewhere: among the entries of the archive, and among its units. */
export const CHOSEN_IN_LISTS: readonly Key[] = ['drop', 'keep', 'enable', 'noEnable'];

type Wording = Pick<Question, 'title' | 'means'>;

function text(
  key: 'name' | (typeof TEXT_ANSWERS)[number],
  wording: Wording & { readonly usual: string; readonly offers?: readonly Offer[] },
): Question {
  return {
    id: key,
    keys: [key],
    offers: [],
    isClosed: false,
    ...wording,
    textIn: answers => answers[key],
    withText: (answers, value) => ({ ...answers, [key]: value }),
  };
}

/** @param wording.isInverse the option is the one for a no */
function yesNo(
  key: (typeof SWITCH_ANSWERS)[number],
  { isInverse = false, ...wording }: Wording & { readonly isInverse?: boolean },
): Question {
  const usual = isInverse ? 'yes' : 'no';
  return {
    id: key,
    keys: [key],
    ...wording,
    offers: [
      { value: 'yes', means: '' },
      { value: 'no', means: '' },
    ],
    isClosed: true,
    usual,
    textIn: answers => (answers[key] === isInverse ? 'no' : 'yes'),
    withText: (answers, value) => ({
      ...answers,
      [key]: ((value || usual) === 'yes') !== isInverse,
    }),
  };
}

function reportQuestion(): Question {
  return {
    id: 'report',
    keys: ['report', 'noReport'],
    title: 'Reports',
    means:
      'Where the reports go, .md or .json, with commas between them. They say what became of each file, and what to do next.',
    offers: [{ value: 'none', means: 'no report is written' }],
    isClosed: false,
    usual: 'NAME.report.md, NAME.report.json',
    textIn: ({ report, noReport }) => (noReport ? 'none' : report.join(', ')),
    withText: (answers, value) => ({
      ...answers,
      noReport: value === 'none',
      report:
        value === 'none'
          ? []
          : value
              .split(',')
              .map(part => part.trim())
              .filter(part => part !== ''),
    }),
  };
}
