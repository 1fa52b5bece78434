/** Every screen; modes.ts has their order. */
export const SCREEN_IDS = ['files', 'binaries', 'units', 'findings', 'audit'] as const;
export type ScreenId = (typeof SCREEN_IDS)[number];
