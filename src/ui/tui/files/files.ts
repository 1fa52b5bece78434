import type { Screen } from '../screen.ts';
import { filesKeys } from './files-keys.ts';
import { type FilesState, initialFiles } from './files-state.ts';
import { reduceFiles } from './reduce-files.ts';

/** The archive's tree, and where each entry goes. */
export const filesScreen: Screen<FilesState> = {
  title: 'Files',
  badge: ({ analysis }) => (analysis ? String(analysis.report.entries.length) : ''),
  initial: initialFiles,
  reduce: reduceFiles,
  keys: filesKeys,
  isTyping: ({ search }) => search?.isTyping ?? false,
};
