import fc from 'fast-check';

/**
 * The same inputs in every run: a test that fails on one machine fails on all, and a change that breaks nothing never
 * fails for inputs that nobody has tried before. `FAST_CHECK_SEED=$RANDOM npm test` tries others.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
