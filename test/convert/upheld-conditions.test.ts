import { expect, it } from 'vitest';
import { parseUnitFile } from '../../src/analyze/unit-file.ts';
import { upheldConditions } from '../../src/convert/upheld-conditions.ts';

it.each<[text: string, dropIn: string, has: string | undefined]>([
  ['[Service]\nExecStart=/a\n', '', undefined],
  ['[Unit]\nConditionPathExists=/a\n', '', 'ConditionPathExists=/a:'],
  ['[Unit]\nAssertPathExists=/a\n', '', 'AssertPathExists=/a:'],
  ['[Unit]\nConditionHost=b\n', '[Unit]\nConditionPathExists=!/a\n', 'ConditionHost=b and 1 more:'],
  ['[Unit]\nConditionHost=b\n', '[Unit]\nConditionPathExists=\n', undefined],
  ['[Unit]\nAssertHost=b\n', '[Unit]\nConditionPathExists=\n', 'AssertHost=b:'],
  ['[Service]\nConditionPathExists=/a\n', '', undefined],
  ['[Unit]\nConditionPathExists=|/bin/own\n', '', undefined],
  ['[Unit]\nConditionHost=usr/bin/own\n', '', 'ConditionHost=usr/bin/own:'],
  ['[Unit]\nConditionPathExists=!/usr/bin/own\n', '', 'ConditionPathExists=!/usr/bin/own:'],
])('%j with %j', (text, dropIn, has) => {
  const files = [text, dropIn].map(parseUnitFile);
  const unit = { name: 'a.service', path: 'p/a.service', files };
  const found = upheldConditions(unit, path => path === 'usr/bin/own');
  const messages = found.map(({ message }) => message);
  const expected = `a.service has ${has} while that does not hold`;
  expect(messages).toEqual(has === undefined ? [] : [expect.stringContaining(expected)]);
});
