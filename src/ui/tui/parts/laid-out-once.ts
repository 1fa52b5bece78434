import type { Charset } from '../../charset.ts';
import { currentCharset } from './charset-scope.ts';

interface Kept<Layout> {
  readonly columns: number;
  readonly charset: Charset;
  readonly layout: Layout;
}

/** The same function, for texts of thousands of lines: as long as nothing changes they are not laid out for each key. */
export function laidOutOnce<Source extends object, Layout>(
  layOut: (source: Source, columns: number) => Layout,
): (source: Source, columns: number) => Layout {
  const last = new WeakMap<Source, Kept<Layout>>();
  return (source, columns) => {
    const before = last.get(source);
    const charset = currentCharset();
    if (before?.columns === columns && before.charset === charset) return before.layout;
    const layout = layOut(source, columns);
    last.set(source, { columns, charset, layout });
    return layout;
  };
}
