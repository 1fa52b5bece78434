import type { AnalyserServices } from '../ui/tui/analyser-services.ts';

/**
 * Services whose code is loaded when the first of them is asked for: what reads and plans takes as long to load as what
 * paints the first frame, and somebody waits for that.
 */
export function lateAnalyser(
  load: () => Promise<AnalyserServices>,
  now: () => number,
): AnalyserServices {
  const services = loadOnce(load);
  return {
    inspect: async (choices, onEvent) => (await services()).inspect(choices, onEvent),
    plan: async choices => (await services()).plan(choices),
    preview: async path => (await services()).preview(path),
    rulePage: async rule => (await services()).rulePage(rule),
    savePlan: async (path, options) => (await services()).savePlan(path, options),
    now,
  };
}

/** Loads with the first call, and gives the same to all. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
