#!/usr/bin/env node
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { errorDisplay, parseCommandLine } from './command-line/options.ts';
import type { CommandIo } from './commands/command-io.ts';
import { exitCodeOf, ToolError } from './errors.ts';
import { pathBytes } from './path-text.ts';
import { asciiText } from './ui/ascii-text.ts';
import { charsetOf } from './ui/charset.ts';
import { errorJson, errorText } from './ui/error-text.ts';
import { styleFor } from './ui/style.ts';
import type { TerminalSession } from './ui/terminal/terminal-session.ts';

/** The process: argv, streams, signals and the exit code. Everything else is somewhere that a test can call. */
const argv = process.argv.slice(2);
const charset = charsetOf(process.env);
const terminals = {
  stdin: isatty(0),
  stdout: isatty(1),
  stderr: isatty(2),
};

/** A reader that went away (`| head`) ends the program quietly, as it ends every other one. */
const EXIT_CLOSED_PIPE = 141;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT_CLOSED_PIPE);
  // The terminal was closed; the signal that says so may come later.
  if (error.code === 'EIO') process.exit(128 + constants.signals.SIGHUP);
  throw error;
});
process.stderr.on('error', () => undefined);

/** What a command wants to say when it is cut short. */
let lastWords = () => '';

/** Takes away what shows the progress of the command. */
let endProgress = () => {};

/** The last moments of a run that a signal ended: what fails from then on fails because of that, and is not told. */
let ending: Promise<number> | undefined;

/** The interface that has the terminal; it gives it back before anything else is shown. */
let session: TerminalSession | undefined;

const io: CommandIo = {
  stdout: text =>
    new Promise(resolve =>
      process.stdout.write(pathBytes(forReader(text, terminals.stdout)), () => resolve()),
    ),
  stderr: text => void process.stderr.write(forReader(text, terminals.stderr)),
  stdin: () => process.stdin,
  // Not performance, which is loaded by its first use.
  now: () => Number(process.hrtime.bigint()) / 1e6,
  columns: process.stderr.columns || 80,
  isTerminal: terminals.stdout,
  setLastWords: words => {
    lastWords = words;
  },
  setProgressEnd: end => {
    endProgress = end;
  },
  ...(canShowScreens() && { openTerminal: takeTerminal }),
  ...(process.env.TMPDIR && { temporaryDirectory: process.env.TMPDIR }),
};

/** What is piped stays as it is: files have no locale. */
function forReader(text: string, isTerminal: boolean): string {
  return isTerminal && charset === 'ascii' ? asciiText(text) : text;
}

async function main(): Promise<number> {
  const command = parseCommandLine(argv, process.env, terminals);
  if (command.mode === 'help' || command.mode === 'version') {
    await io.stdout(command.text);
    return 0;
  }
  await cleanUpAtTheEnd();
  // Each mode loads its own part of the program, when it is asked for.
  switch (command.mode) {
    case 'convert': {
      const { convertCommand } = await import('./commands/convert-command.ts');
      return convertCommand(command, io);
    }
    case 'docker': {
      const { dockerCommand } = await import('./commands/docker-command.ts');
      return dockerCommand(command, io);
    }
    case 'bake': {
      const { bakeCommand } = await import('./commands/bake-command.ts');
      return bakeCommand(command, io);
    }
    case 'check': {
      const { checkCommand } = await import('./commands/check-command.ts');
      return checkCommand(command, io);
    }
    case 'inspect': {
      if (command.browse && io.openTerminal) {
        const { inspectOnScreen } = await import('./commands/inspect-on-screen.ts');
        return inspectOnScreen(command, io, await io.openTerminal());
      }
      const { inspectCommand } = await import('./commands/inspect-command.ts');
      return inspectCommand(command, io);
    }
    case 'completion': {
      const { completionCommand } = await import('./commands/completion-command.ts');
      return completionCommand(command, io);
    }
    case 'wizard': {
      if (command.display.asks === 'screens' && io.openTerminal) {
        const { wizardOnScreen } = await import('./commands/wizard-on-screen.ts');
        const session = await io.openTerminal();
        return wizardOnScreen(command, { io, env: process.env, session });
      }
      const { wizardCommand } = await import('./commands/wizard-command.ts');
      return wizardCommand(command, io, process.env);
    }
    case 'ensure-sysext': {
      const { ensureSysextCommand } = await import('./commands/ensure-sysext-command.ts');
      return ensureSysextCommand(command, io);
    }
    case 'explain':
    case 'list-rules': {
      const { rulesCommand } = await import('./commands/rules-command.ts');
      return rulesCommand(command, io);
    }
  }
}

/** Screens need keys, a place to be drawn, and a terminal that can move its cursor. */
function canShowScreens(): boolean {
  const { TERM = 'dumb' } = process.env;
  return terminals.stdin && terminals.stdout && TERM !== 'dumb' && TERM !== '';
}

async function takeTerminal(): Promise<TerminalSession> {
  // Ink asks this variable alone about colours, when it is loaded.
  process.env.FORCE_COLOR = errorDisplay(argv, process.env, terminals).color.stdout ? '1' : '0';
  const { openTerminal } = await import('./ui/terminal/terminal-session.ts');
  session = openTerminal(process, charset);
  return session;
}

/** However the run ends, the terminal is as it was and no temporary file is left. */
async function cleanUpAtTheEnd(): Promise<void> {
  const { removeTemporaries } = await import('./host/temporary.ts');
  const { endPrograms } = await import('./host/run-program.ts');
  const endWith = (error: unknown) => {
    if (ending) return;
    endPrograms();
    removeTemporaries();
    ending = showError(error).then(code => {
      io.stderr(lastWords());
      process.exit(code);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    const number = constants.signals[signal];
    process.on(signal, () => {
      endPrograms();
      const temporaryRemoved = removeTemporaries() > 0;
      endWith(new ToolError('interrupted', { signal: number, temporaryRemoved }));
    });
  }
  // Without this the limit of a file's size would kill the process instead of failing the write (setrlimit(2)).
  process.on('SIGXFSZ', () => undefined);
  process.on('uncaughtException', endWith);
  process.on('unhandledRejection', endWith);
  process.on('exit', () => {
    session?.close();
    removeTemporaries();
  });
}

/** The one place where a failure becomes text and an exit code. */
async function showError(error: unknown): Promise<number> {
  session?.close();
  endProgress();
  const { format, color, verbosity } = errorDisplay(argv, process.env, terminals);
  if (format === 'json') await io.stdout(errorJson(error));
  io.stderr(
    errorText(error, {
      style: styleFor({ color: color.stderr }),
      verbose: verbosity === 'verbose',
    }),
  );
  return exitCodeOf(error);
}

// Not process.exitCode: an archive that is still coming in on standard input would keep a failed run alive.
process.exit(await main().catch((error: unknown) => ending ?? showError(error)));
