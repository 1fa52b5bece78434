/** What a terminal session tells the interface. */
export type TerminalEvent =
  | { readonly kind: 'key'; readonly key: Key }
  /** Text from the clipboard: never commands, whatever letters and line ends it has. */
  | { readonly kind: 'paste'; readonly text: string }
  /** The size changed. */
  | { readonly kind: 'resize' };

/**
 * A key that was pressed. A character is itself (`j`, `é`, and a space for the space bar); others have names: `up`,
 * `pageDown`, `enter`, `f1`. Modifiers stand before it in this order: `ctrl-alt-shift-f1`.
 */
export type Key = string;
