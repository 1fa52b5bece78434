/**
 * An archive that ends too early or contradicts itself, found by a layer that does not know which entry is being
 * read. tar.ts, which does, turns it into a ToolError.
 */
export class ArchiveDamage extends Error {
  override readonly name = 'ArchiveDamage';
  readonly kind: 'truncated' | 'corrupt';
  /** Offset in the inflated archive; absent: where reading stopped. */
  readonly at: number | undefined;

  constructor(kind: 'truncated' | 'corrupt', reason: string, options: DamageOptions = {}) {
    super(reason, options);
    this.kind = kind;
    this.at = options.at;
  }
}

interface DamageOptions extends ErrorOptions {
  readonly at?: number;
}
