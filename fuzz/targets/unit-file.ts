import { allSettings, parseUnitFile, textRanges } from '../../src/analyze/unit-file.ts';
import { rewriteUnit } from '../../src/rewrite/rewrite-unit.ts';
import { sampleContext } from '../../test/rewrite/rewrite-sample.ts';
import { check } from '../lib/check.ts';
import { checkRewrite } from '../lib/check-rewrite.ts';

/** No byte of a unit is lost, values stand where they are said to, and Torcx is gone or reported. */
export function fuzz(data: Uint8Array): void {
  const text = Buffer.from(data).toString('utf8');
  const file = parseUnitFile(text);
  const joined = file.parts.flatMap(({ lines }) => lines.map(({ content, eol }) => content + eol));
  check(joined.join('') === text, () => 'the lines are not the text');
  for (const setting of allSettings(file)) {
    const ranges = textRanges(setting, 0, setting.value.length);
    for (const { start, end } of ranges) {
      check(start >= 0 && start <= end && end <= text.length, () => `the range ${start} to ${end}`);
    }
  }
  const context = sampleContext();
  checkRewrite(text, source => rewriteUnit(parseUnitFile(source), context));
}
