import type { ReactNode } from 'react';
import type { AppState, ScreenStates } from './app-state.ts';
import { AuditScreen } from './audit/audit-screen.tsx';
import { BinariesScreen } from './binaries/binaries-screen.tsx';
import { ConvertScreen } from './convert/convert-screen.tsx';
import { FilesScreen } from './files/files-screen.tsx';
import { FindingsScreen } from './findings/findings-screen.tsx';
import { OptionsScreen } from './options/options-screen.tsx';
import { ReportScreen } from './report/report-screen.tsx';
import { ReviewScreen } from './review/review-screen.tsx';
import type { ScreenProps } from './screen.ts';
import type { ScreenId } from './screen-id.ts';
import { SourceScreen } from './source/source-screen.tsx';
import { contextOf } from './step-screen.ts';
import { UnitsScreen } from './units/units-screen.tsx';

const VIEWS: {
  readonly [K in ScreenId]: (props: ScreenProps<ScreenStates[K]>) => ReactNode;
} = {
  source: SourceScreen,
  files: FilesScreen,
  binaries: BinariesScreen,
  units: UnitsScreen,
  findings: FindingsScreen,
  options: OptionsScreen,
  review: ReviewScreen,
  convert: ConvertScreen,
  report: ReportScreen,
  audit: AuditScreen,
};

/** The screen that one looks at. */
export function ScreenView({ state }: { readonly state: AppState }) {
  return viewNamed(state, state.screen);
}

function viewNamed<K extends ScreenId>(state: AppState, screen: K): ReactNode {
  // Called, not made an element: TypeScript loses what belongs to what in JSX, and a view has no state of its own.
  return VIEWS[screen]({ state: state.screens[screen], context: contextOf(state) });
}
