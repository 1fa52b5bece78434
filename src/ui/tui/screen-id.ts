/** Every screen; modes.ts has their order. */
export const SCREEN_IDS = [
  'source',
  'files',
  'binaries',
  'units',
  'findings',
  'options',
  'review',
  'convert',
  'report',
  'audit',
] as const;
export type ScreenId = (typeof SCREEN_IDS)[number];
