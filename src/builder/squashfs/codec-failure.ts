import { ToolError } from '../../errors.ts';
import { NO_WASM_MEMORY } from './zstd-wasm.js';

/** What a compressor that could not be opened means to the user; the error itself where it means a defect. */
export function codecFailure(error: unknown): unknown {
  switch (error instanceof Error && 'code' in error && error.code) {
    case NO_WASM_MEMORY:
      return new ToolError(
        'no-memory',
        {
          what: 'WebAssembly, which reserves some GiB of addresses',
          suggestion: 'without a limit of them (ulimit -v unlimited), or --compression gzip',
        },
        { cause: error },
      );
    case 'ERR_WORKER_OUT_OF_MEMORY':
      return new ToolError(
        'no-memory',
        { what: 'the compression threads', suggestion: '--jobs 1' },
        { cause: error },
      );
    default:
      return error;
  }
}

/** @throws ToolError `no-memory`; what `opening` is rejected with otherwise */
export function orCodecFailure<T>(opening: Promise<T>): Promise<T> {
  return opening.catch((error: unknown) => {
    throw codecFailure(error);
  });
}
