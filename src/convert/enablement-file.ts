/** A drop-in or unit that an extension gets so that its units start as they did. */
export interface EnablementFile {
  /** `usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf` */
  readonly path: string;
  readonly text: string;
  readonly because: string;
}
