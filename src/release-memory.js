// Plain JavaScript, because a worker thread imports it.

/**
 * Gives the memory of an array back at once; nothing may use it any more. V8 looks for garbage outside of its heap only
 * when 64 MB of it have gathered, and in each thread by itself: hundreds of megabytes with nothing in them.
 * Does nothing on Node.js 20, which has no way to do it.
 * @param {Uint8Array} bytes
 * @param {number} allocated bytes that its buffer must have: one of another size has other users, like Buffer's pool
 */
export function releaseMemory({ buffer }, allocated) {
  if (buffer.byteLength !== allocated) return;
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
