/** A unit of systemd on a new node. */
export interface NodeUnit {
  readonly name: string;
  readonly enabled: boolean;
  /** Absent for a unit that the node has. */
  readonly text?: string;
}
