import { expect, test } from 'vitest';
import { ArchiveDamage } from '../../src/analyze/archive-damage.ts';
import { parsePax, paxInteger, paxSeconds } from '../../src/analyze/pax.ts';

test.each<[body: string, records: [string, string][]]>([
  ['', []],
  ['8 a=bcd\n', [['a', 'bcd']]],
  ['5 a=\n', [['a', '']]],
  ['6 a==\n', [['a', '=']]],
  [
    '9 a=b\n c\n6 d=e\n',
    [
      ['a', 'b\n c'],
      ['d', 'e'],
    ],
  ],
  [
    '6 a=1\n6 a=2\n',
    [
      ['a', '1'],
      ['a', '2'],
    ],
  ],
])('the records of %j', (body, records) => {
  const parsed = parsePax(Buffer.from(body));
  expect(parsed.map(({ key, value }) => [key, Buffer.from(value).toString()])).toEqual(records);
});

test.each([
  'a=b\n',
  ' 6 a=b\n',
  '0 a=b\n',
  '7 a=b\n',
  '5 a=b\n',
  '6 a=bX',
  '6 abc\n',
  '5 =b\n',
  '-6 a=b\n',
  '6a=bcd\n',
  '99999999999999999999 a=b\n',
  '2 ',
  '6',
])('the body %j is malformed', body => {
  expect(() => parsePax(Buffer.from(body))).toThrow('a PAX record is malformed');
});

test.each([
  ['0', 0],
  ['12', 12],
  ['-2', -2],
  ['18446744073709551616', 2 ** 64],
])('the integer %s', (text, value) => {
  expect(paxInteger(new Map([['uid', Buffer.from(text)]]), 'uid')).toBe(value);
});

test.each([
  ['1.999999999', 1],
  ['-0.5', -1],
  ['7', 7],
  ['7.', 7],
])('the time %s', (text, value) => {
  expect(paxSeconds(new Map([['mtime', Buffer.from(text)]]), 'mtime')).toBe(value);
});

test.each(['', ' 1', '1e3', '0x10', 'NaN', '1.5', '9'.repeat(25)])('%j is no integer', text => {
  const read = () => paxInteger(new Map([['uid', Buffer.from(text)]]), 'uid');
  expect(read).toThrow(ArchiveDamage);
});
