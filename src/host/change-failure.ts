import { errorCode, reasonOf } from './disk-error.ts';

/** Why a file that is to be changed is left as it is. */
export const CHANGED = 'it changed since it was read';

const BY_CODE: Readonly<Record<string, string>> = {
  ELOOP: 'it is a link',
  ENOENT: 'it is gone',
  EEXIST: 'a file is in the way of the backup',
};

/** What a failed call means to whoever wanted a file changed. */
export function changeFailure(error: unknown): string {
  return BY_CODE[errorCode(error) ?? ''] ?? reasonOf(error);
}
