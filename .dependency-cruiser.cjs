/**
 * The import law. Data flows analyze → convert → builder → ui; each rule says why it exists, and `npm run imports`
 * fails on the first line that breaks one.
 */
const LEAF = '^src/[^/]+\\.(ts|js)$';
/** The packages of the program; ARCHITECTURE.md says what each is for. */
const BUNDLED =
  'node_modules/(@bokuweb/zstd-wasm|@types|commander|fastest-levenshtein|fflate|ink|jsonc-parser|react|string-width|tar-stream|xz-decompress)/';
const PROCESS = ['^src/cli\\.ts$', '^src/pipeline\\.ts$'];

const folderRule = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
});

const ownerRule = (name, power, owner, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: owner },
  to: { path: power },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no bottom: none of its files can be understood or tested alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment:
        'What the command cannot reach is dead. The worker is started by its URL, which no import shows; declarations are types.',
      severity: 'error',
      from: { path: '^src/cli\\.ts$' },
      to: { path: '^src/', pathNot: '(compress-worker\\.js|\\.d\\.ts)$', reachable: false },
    },
    {
      name: 'only-bundled-packages',
      comment:
        'Packages are bundled, so package.json cannot tell the program’s own from those of build and tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/', pathNot: BUNDLED },
    },
    {
      name: 'unresolvable',
      comment: 'An import that leads nowhere fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'leaves-know-nobody',
      comment: 'Leaves are what everybody shares; one that knows a folder drags it everywhere.',
      severity: 'error',
      from: { path: LEAF, pathNot: PROCESS },
      to: { path: '^src/[^/]+/' },
    },
    folderRule(
      'squashfs-knows-no-product',
      '^src/builder/squashfs/',
      ['^src/builder/squashfs/', '^src/builder/image-node\\.ts$', LEAF],
      'The format library is the bottom: it knows neither sysext nor Torcx.',
    ),
    folderRule(
      'builder-knows-no-torcx',
      '^src/builder/(?!squashfs/)',
      ['^src/builder/', LEAF],
      'The builder turns any tree into an extension; Torcx ends before it.',
    ),
    folderRule(
      'analyze-never-writes',
      '^src/analyze/',
      ['^src/analyze/', '^src/builder/squashfs/(read-image|format)', '^src/rewrite/', LEAF],
      'Analysis says what is there; it must be possible to run it on anything without consequences.',
    ),
    {
      name: 'only-the-audit-rewrites',
      comment: 'An audit proposes texts; whatever else takes things apart only says what is there.',
      severity: 'error',
      from: { path: '^src/analyze/', pathNot: '^src/analyze/audit/' },
      to: { path: '^src/rewrite/' },
    },
    folderRule(
      'rewrite-knows-texts',
      '^src/rewrite/',
      ['^src/rewrite/', '^src/analyze/[^/]+\\.ts$', LEAF],
      'A text without Torcx is the same whether an image or an /etc holds it: no plan and no tree.',
    ),
    folderRule(
      'convert-is-pure',
      '^src/convert/',
      [
        '^src/convert/',
        '^src/rewrite/',
        '^src/analyze/',
        '^src/builder/(image-node|extension-release|sysext-rules)\\.ts$',
        LEAF,
      ],
      'Decisions are made from plain data and can be tested without a disk or an image.',
    ),
    folderRule(
      'docker-is-pure',
      '^src/docker/',
      [
        '^src/docker/',
        '^src/convert/',
        '^src/analyze/',
        '^src/builder/extension-release\\.ts$',
        LEAF,
      ],
      'As with a conversion, decisions are made from plain data; where the archive came from is not one of them.',
    ),
    folderRule(
      'bake-is-pure',
      '^src/bake/',
      [
        '^src/bake/',
        '^src/convert/',
        '^src/analyze/',
        '^src/builder/(image-node|extension-release|sysext-rules)\\.ts$',
        LEAF,
      ],
      'A tree is judged from plain data, by the same rules as an archive; who reads it is not its business.',
    ),
    {
      name: 'ui-shows-types',
      comment: 'Views get finished data; a view that calls the pipeline cannot be shown in a test.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: {
        path: '^src/(analyze|bake|convert|docker|rewrite|builder|host|network)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    folderRule(
      'command-line-knows-no-work',
      '^src/command-line/',
      ['^src/command-line/', LEAF],
      'Options are checked before anything that works is loaded: --help must not wait for it.',
    ),
    folderRule(
      'publish-is-text',
      '^src/publish/',
      ['^src/publish/', LEAF],
      'What nodes read of a server is text made of a few words: whoever writes it can be anybody.',
    ),
    folderRule(
      'provision-is-text',
      '^src/provision/',
      ['^src/provision/', LEAF],
      'What a new node gets is data, and two ways to write it down.',
    ),
    folderRule(
      'network-is-a-leaf',
      '^src/network/',
      ['^src/network/', LEAF],
      'The network knows nothing of what is fetched.',
    ),
    folderRule(
      'host-is-a-leaf',
      '^src/host/',
      ['^src/host/', LEAF],
      'The disk knows nothing of what is written to it.',
    ),
    {
      name: 'pipeline-shows-nothing',
      comment: 'The pipeline returns data; whoever calls it decides how that looks.',
      severity: 'error',
      from: { path: '^src/pipeline\\.ts$' },
      to: { path: '^src/(ui/|host/|cli\\.ts|command-line/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'screens-on-demand',
      comment:
        'Ink and React take longer to load than most plans to make: only who sees screens waits for them.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/tui/' },
      to: {
        path: '^src/ui/tui/',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'nobody-imports-the-process',
      comment: 'cli.ts owns argv, streams, signals and the exit code.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/cli\\.ts$' },
    },
    ownerRule(
      'disk-owner',
      '^(node:)?fs(/promises)?$',
      '^src/host/',
      'One folder touches the disk.',
    ),
    {
      name: 'network-owner',
      comment:
        'http-request.ts uses the network, through fetch, which biome allows there only. These have no owner at all.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(node:)?(http|https|http2|net|tls|dns|dgram|undici)(/promises)?$' },
    },
    ownerRule(
      'worker-owner',
      '^(node:)?worker_threads$',
      '^src/builder/squashfs/(worker-pool\\.ts|compress-worker\\.js)$',
      'One place starts threads.',
    ),
    ownerRule(
      'program-owner',
      '^(node:)?child_process$',
      '^src/host/run-program\\.ts$',
      'One file starts other programs: it knows where they may come from, and ends them with this one.',
    ),
    ownerRule(
      'commander-owner',
      'node_modules/commander',
      '^src/command-line/options\\.ts$',
      'One file knows the option parser.',
    ),
    ownerRule(
      'tar-stream-owner',
      'node_modules/tar-stream',
      '^src/analyze/tar\\.ts$',
      'One file knows the tar parser.',
    ),
    ownerRule(
      'json-owner',
      'node_modules/jsonc-parser',
      '^src/analyze/strict-json\\.ts$',
      'One file knows the JSON parser.',
    ),
    ownerRule(
      'xz-owner',
      'node_modules/xz-decompress',
      '^src/builder/squashfs/xz\\.ts$',
      'One file knows the xz decoder.',
    ),
    ownerRule(
      'screen-owner',
      'node_modules/(ink|react|string-width)/',
      '^src/ui/tui/',
      'One folder knows what paints the screens.',
    ),
    ownerRule(
      'codec-owner',
      'node_modules/(fflate|@bokuweb/zstd-wasm)',
      [
        '^src/builder/squashfs/(block-codec|zstd-wasm)\\.js$',
        '^src/analyze/audit/carriers/data-url\\.ts$',
      ],
      'One place knows the compressors of images, and one that of gzipped data URLs.',
    ),
    ownerRule(
      'process-owner',
      '^(node:)?(process|console|readline)$',
      ['^src/cli\\.ts$', '^src/builder/squashfs/block-codec\\.js$'],
      'cli.ts owns the process; the codec only asks which zstd the runtime has.',
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
