// Plain JavaScript, because a worker thread imports it.

/** @type {InstanceType<typeof MessageChannel>['port1'] | undefined} */
let closedPort;

/**
 * Gives the memory of an array back at once; nothing may use it any more. V8 looks for garbage outside of its heap only
 * when 64 MB of it have gathered, and in each thread by itself: hundreds of megabytes with nothing in them.
 * @param {Uint8Array} bytes
 * @param {number} allocated bytes that its buffer must have: one of another size has other users, like Buffer's pool
 */
export function releaseMemory({ buffer }, allocated) {
  if (buffer.byteLength !== allocated || !(buffer instanceof ArrayBuffer)) return;
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
  // Node.js 20: what is sent to a closed port belongs to nobody, as the HTML standard has it for a port without a peer.
  else portToNowhere().postMessage(undefined, [buffer]);
}

function portToNowhere() {
  if (closedPort) return closedPort;
  const { port1 } = new MessageChannel();
  port1.close();
  closedPort = port1;
  return port1;
}
