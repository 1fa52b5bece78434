import { constants } from 'node:fs';

/**
 * How a file is opened that was seen in a directory before: no link is followed, and a FIFO or terminal that took its
 * place meanwhile cannot stop the program (open(2)).
 */
export const READ_FLAGS =
  constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
