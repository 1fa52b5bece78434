import { ToolError } from '../errors.ts';
import { type Attributes, attributeDump, parseAttributeDump } from './attribute-dump.ts';
import { runAsRoot } from './run-as-root.ts';
import { runProgram } from './run-program.ts';

/** The package of getfattr(1) and setfattr(1) in every distribution: Node.js can neither read nor write attributes. */
const ATTRIBUTE_TOOLS = { reader: 'getfattr', writer: 'setfattr', package: 'attr' } as const;

/**
 * The extended attributes of everything at and below `names`, links not followed.
 * @param names in `directory`; plain words
 * @returns by path below `directory`; `missing` where there is no program to read them
 * @throws ToolError `input-unreadable`
 */
export async function readAttributes(
  directory: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Attributes> | 'missing'> {
  if (names.length === 0) return new Map();
  const how = ['--recursive', '--physical', '--no-dereference'];
  const what = ['--dump', '--match=-', '--encoding=hex'];
  const read = await runProgram({
    program: ATTRIBUTE_TOOLS.reader,
    args: [...how, ...what, '--', ...names],
    directory,
  });
  if (read === 'missing') return 'missing';
  const complaints = read.stderr.split('\n').filter(line => line !== '' && !UNSUPPORTED.test(line));
  const [first] = complaints;
  if (first !== undefined) {
    throw new ToolError('input-unreadable', { path: directory, reason: first });
  }
  return parseAttributeDump(read.stdout);
}

/** A file system without attributes has none to lose. */
const UNSUPPORTED = /: Operation not supported$/;

/**
 * Gives files below `directory` their attributes.
 * @throws ToolError `tool-missing`; `output-unwritable`, for instance without the right to set capabilities
 */
export async function writeAttributes(
  directory: string,
  files: ReadonlyMap<string, Attributes>,
): Promise<void> {
  const input = attributeDump(files);
  if (input.length === 0) return;
  const written = await runAsRoot({
    program: ATTRIBUTE_TOOLS.writer,
    args: ['--no-dereference', '--restore=-'],
    directory,
    input,
  });
  if (written === 'missing') {
    throw new ToolError('tool-missing', {
      what: `${ATTRIBUTE_TOOLS.writer}, which sets extended attributes,`,
      suggestion: `install the package ${ATTRIBUTE_TOOLS.package}`,
    });
  }
  const [complaint] = written.stderr.split('\n');
  if (written.status !== 0) {
    throw new ToolError('output-unwritable', {
      path: directory,
      reason: complaint || 'its extended attributes cannot be set',
    });
  }
}
