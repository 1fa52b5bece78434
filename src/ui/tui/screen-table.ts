import type { ScreenStates } from './app-state.ts';
import { auditScreen } from './audit/audit.ts';
import { binariesScreen } from './binaries/binaries.ts';
import { convertScreen } from './convert/convert.ts';
import { filesScreen } from './files/files.ts';
import { findingsScreen } from './findings/findings.ts';
import { optionsScreen } from './options/options.ts';
import { reportScreen } from './report/report.ts';
import { reviewScreen } from './review/review.ts';
import type { Screen } from './screen.ts';
import type { ScreenId } from './screen-id.ts';
import { sourceScreen } from './source/source.ts';
import { unitsScreen } from './units/units.ts';

/** The screens by their name; screen-views.tsx has what paints them. */
export const SCREENS: { readonly [K in ScreenId]: Screen<ScreenStates[K]> } = {
  source: sourceScreen,
  files: filesScreen,
  binaries: binariesScreen,
  units: unitsScreen,
  findings: findingsScreen,
  options: optionsScreen,
  review: reviewScreen,
  convert: convertScreen,
  report: reportScreen,
  audit: auditScreen,
};

export const initialScreens: ScreenStates = {
  source: sourceScreen.initial,
  files: filesScreen.initial,
  binaries: binariesScreen.initial,
  units: unitsScreen.initial,
  findings: findingsScreen.initial,
  options: optionsScreen.initial,
  review: reviewScreen.initial,
  convert: convertScreen.initial,
  report: reportScreen.initial,
  audit: auditScreen.initial,
};
