/** Who does which effect. Each may tell as often as it likes what comes of it; its failure is told for it. */
export type RunnersOf<E extends { readonly do: string }, Event> = {
  readonly [D in E['do']]: (
    effect: Extract<E, { do: D }>,
    emit: (event: Event) => void,
  ) => Promise<void>;
};
