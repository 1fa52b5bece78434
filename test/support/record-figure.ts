import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What the test has tried, for the table of docs/guarantees.md: "100 kills, 31 leftovers removed". */
    figure?: string;
  }
}

/** Has the test runner's report tell how much a test has tried. */
export function recordFigure({ task }: Pick<TestContext, 'task'>, figure: string): void {
  task.meta.figure = figure;
}
