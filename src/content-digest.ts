import { createHash } from 'node:crypto';
import { type Content, streamContent } from './content.ts';

/** SHA-256 in hexadecimal. */
export async function contentDigest(content: Content): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of streamContent(content, 1 << 20)) hash.update(chunk);
  return hash.digest('hex');
}
