import type { Answers } from '../../command-line/answers.ts';

/** What is decided: each list and text is a flag of the command line. */
export type Choices = Answers;
