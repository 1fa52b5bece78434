/**
 * @typedef {object} Evidence
 * @property {string} file of tests
 * @property {readonly string[]} [tests] titles of tests, or of what holds them, as the file writes them; absent: all
 */

/**
 * @typedef {object} Promised
 * @property {string} promise
 * @property {readonly Evidence[]} evidence
 */

/**
 * What is promised, and the tests that would fail if it were not kept. The tables of docs/guarantees.md are made of it.
 * @type {Readonly<Record<string, readonly Promised[]>>}
 */
export const PROMISES = {
  Images: [
    {
      promise: 'The kernel and other readers find in an image what was to be in it.',
      evidence: [
        {
          file: 'test/e2e/convert-docker.test.ts',
          tests: [
            'every file reaches the mounted image unchanged, except those that the report names',
            '7-Zip finds the image whole',
          ],
        },
        {
          file: 'test/e2e/squashfs-conformance.test.ts',
          tests: [
            '$compression.name, blocks of $blockSize',
            'large',
            'random trees',
            '$name at level $level gives blocks of every size that the kernel reads',
          ],
        },
      ],
    },
    {
      promise:
        'Each file of an archive is in the image as it was, or the report says what became of it.',
      evidence: [
        {
          file: 'test/e2e/convert-docker.test.ts',
          tests: [
            'every file reaches the mounted image unchanged, except those that the report names',
            'no word of Torcx is left in any unit',
          ],
        },
        {
          file: 'test/e2e/convert-fixtures.test.ts',
          tests: ['no word of Torcx is left anywhere but where the report says so'],
        },
      ],
    },
    {
      promise: 'An image that does not pass its check never gets its name, and an older one stays.',
      evidence: [
        {
          file: 'test/e2e/planted-fault.test.ts',
          tests: ['an image with one wrong bit, %d twelfths from its start, never gets its name'],
        },
        {
          file: 'test/builder/squashfs/check-image.test.ts',
          tests: ['%s is found', 'zstd: %s is found', 'xattrs: %s is found'],
        },
      ],
    },
    {
      promise: 'Everything in an image belongs to root, and directories are as the host has them.',
      evidence: [
        {
          file: 'test/e2e/convert-docker.test.ts',
          tests: ['everything in the mounted image belongs to root, and programs can be run'],
        },
      ],
    },
  ],
  Boot: [
    {
      promise: 'What Torcx started is started at boot, and nothing else.',
      evidence: [
        {
          file: 'test/e2e/convert-docker.test.ts',
          tests: [
            'it boots: what Torcx started is active, the daemon answers on its socket, a container runs',
          ],
        },
        {
          file: 'test/e2e/convert-fixtures.test.ts',
          tests: ['exactly what Torcx started gets started', 'booted'],
        },
      ],
    },
    {
      promise:
        'A node that is running gets an extension, and loses it again; a new one comes up with it.',
      evidence: [
        { file: 'test/e2e/running-node.test.ts', tests: ['a node that is running'] },
        {
          file: 'test/e2e/new-node.test.ts',
          tests: ['a node made with the Ignition file that is written'],
        },
      ],
    },
    {
      promise: 'systemd has nothing to say against the units.',
      evidence: [
        {
          file: 'test/e2e/convert-docker.test.ts',
          tests: ['systemd has nothing to say against its units'],
        },
        {
          file: 'test/e2e/convert-fixtures.test.ts',
          tests: ['systemd has nothing to say against its units'],
        },
      ],
    },
  ],
  'Reports and exit codes': [
    {
      promise: 'A report in JSON fits its schema, also when a later version adds to it.',
      evidence: [{ file: 'test/ui/json-report.test.ts' }],
    },
    {
      promise: 'A report changes only when somebody has looked at the change.',
      evidence: [{ file: 'test/golden.test.ts', tests: ['the conversion of %s is as committed'] }],
    },
    {
      promise:
        'Each failure has its text and its exit code; text of an archive cannot act on a terminal.',
      evidence: [{ file: 'test/ui/error-text.test.ts' }],
    },
  ],
  'Nothing half-written': [
    {
      promise:
        'A full disk, a missing permission or a limit ends in an error that names it. The old file is as it was, and no temporary one is left.',
      evidence: [
        { file: 'test/e2e/faults.test.ts', tests: ['a conversion fails well when'] },
        { file: 'test/host/output-file.test.ts' },
      ],
    },
    {
      promise:
        'A run that is killed at any moment leaves the old image or the new one. The next run removes what else is left, and takes nothing from one that lives.',
      evidence: [
        { file: 'test/e2e/interrupted.test.ts', tests: ['a run that is killed'] },
        { file: 'test/host/remove-orphans.test.ts' },
      ],
    },
    {
      promise: 'After Ctrl-C and other signals nothing is left.',
      evidence: [
        {
          file: 'test/e2e/interrupted.test.ts',
          tests: ['after %s nothing is left, whenever it comes'],
        },
      ],
    },
    {
      promise:
        'An archive that changes or disappears while it is read, an output directory that does, and a thread that dies give a whole image or an error.',
      evidence: [
        {
          file: 'test/e2e/interrupted.test.ts',
          tests: [
            'an archive that %s while it is read gives its own image or an error',
            'an output directory that is removed meanwhile is an error that says so',
          ],
        },
        {
          file: 'test/builder/squashfs/worker-pool.test.ts',
          tests: [
            'a thread that fails fails every batch, and those that come later',
            'a thread that dies in the middle fails the image with its reason',
          ],
        },
      ],
    },
    {
      promise:
        'A fix of the audit is made whole or not at all, also when it is killed, and keeps owner, mode and attributes.',
      evidence: [
        { file: 'test/host/replace-content.test.ts' },
        {
          file: 'test/e2e/killed-fix.test.ts',
          tests: [
            'a fix that is killed leaves each file as it was or mended, and the next run removes the rest',
          ],
        },
        {
          file: 'test/e2e/audit-fix.test.ts',
          tests: ['keeps owner, mode, ACL and extended attributes, and so does its backup'],
        },
      ],
    },
  ],
  'Hostile input': [
    {
      promise: 'An archive that is cut off or damaged anywhere is an error, or its undamaged part.',
      evidence: [
        {
          file: 'test/analyze/hostile-archive.test.ts',
          tests: ['cut off at every byte', 'a bit flipped at every byte'],
        },
        {
          file: 'test/analyze/hostile-squashfs.test.ts',
          tests: [
            '%s, cut off at every byte',
            '%s, a bit flipped at every byte: an error or a result that can be read',
          ],
        },
      ],
    },
    {
      promise:
        'Bombs end at a budget that is named; large archives become images within their time.',
      evidence: [
        { file: 'test/analyze/squashfs-bombs.test.ts' },
        { file: 'test/large-archives.test.ts' },
      ],
    },
    {
      promise: 'Any bytes are refused, or become something that the rest can rely on.',
      evidence: [{ file: 'test/fuzz-targets.test.ts', tests: ['any bytes'] }],
    },
    {
      promise: 'What fuzzing found stays a test.',
      evidence: [{ file: 'test/fuzz-targets.test.ts', tests: ['found by fuzzing: %s'] }],
    },
  ],
  'Same input, same bytes': [
    {
      promise:
        'Images and reports are the same on every Node.js, processor, locale, user and directory.',
      evidence: [{ file: 'test/e2e/same-bytes.test.ts' }],
    },
    {
      promise: 'They are the same for every number of threads.',
      evidence: [
        {
          file: 'test/builder/squashfs/worker-pool.test.ts',
          tests: ['threads give the bytes of the serial twin'],
        },
        {
          file: 'test/commands/convert-command.test.ts',
          tests: ['gives the same image and reports for every number of jobs, in every directory'],
        },
      ],
    },
  ],
  'Nothing leaves the machine': [
    {
      promise: 'Only `--docker VERSION` opens a socket; all else works without a network.',
      evidence: [{ file: 'test/e2e/privacy.test.ts', tests: ['nothing leaves the machine'] }],
    },
  ],
  'What is shipped': [
    {
      promise:
        'The package is what the lock file says, with its bill of materials, and runs nothing when it is installed.',
      evidence: [
        { file: 'test/supply-chain.test.ts' },
        {
          file: 'test/e2e/package.test.ts',
          tests: ['the packed package installs alone in an empty folder and works there'],
        },
      ],
    },
  ],
};
