import { rewriteText } from '../../src/rewrite/rewrite-text.ts';
import { sampleContext } from '../../test/rewrite/rewrite-sample.ts';
import { checkRewrite } from '../lib/check-rewrite.ts';

const PATHS = ['usr/bin/a.sh', 'etc/a.yaml', 'etc/a.json', 'etc/a.toml', 'etc/a.conf'];

/** Any text can be rewritten, and Torcx is gone or reported. */
export function fuzz(data: Uint8Array): void {
  const path = PATHS[(data[0] ?? 0) % PATHS.length] ?? '';
  const text = Buffer.from(data.subarray(1)).toString('utf8');
  const context = sampleContext();
  checkRewrite(text, source => rewriteText({ path, text: source }, context));
}
