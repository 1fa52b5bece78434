import { expect, test } from 'vitest';
import { askedByCondition } from '../../../../src/analyze/audit/mentions/task-condition.ts';

/** `t` and `fact` hold the answer of a look at something of Torcx. */
const CONDITIONS: readonly [string, 'present' | 'absent' | undefined][] = [
  ['t.stat.exists', 'present'],
  ['not t.stat.exists', 'absent'],
  ['(t.stat.exists)', 'present'],
  ['not (t.stat.exists | default(false))', 'absent'],
  ['{{ t.stat.exists }}', 'present'],
  ['t.stat.exists | default(false) | bool', 'present'],
  ['t.stat.exists == true', 'present'],
  ['t.stat.exists == false', 'absent'],
  ['t.stat.exists is false', 'absent'],
  ['t.stat.exists is not true', 'absent'],
  ['t.stat.exists != true', 'absent'],
  ['other.x and t.stat.exists', 'present'],
  ['other.x and not t.stat.exists', 'absent'],
  ['t.stat.exists or other.x', undefined],
  ['t.rc == 0', 'present'],
  ['t.rc != 0', 'absent'],
  ['t is succeeded', 'present'],
  ['t is not succeeded', 'absent'],
  ['t is failed', 'absent'],
  ['t is not failed', 'present'],
  ['not t.failed', 'present'],
  ['t.failed', 'absent'],
  ['t.matched > 0', 'present'],
  ['t.matched | int == 0', 'absent'],
  ['t.files | length > 0', 'present'],
  ["t.stdout == ''", 'absent'],
  ["t.stdout != ''", 'present'],
  ['fact', 'present'],
  ['not fact | bool', 'absent'],
  ["'torcx.target' in ansible_facts.services", 'present'],
  ["'torcx.target' not in ansible_facts.services", 'absent'],
  ["services['torcx.target'] is defined", 'present'],
  ["services['torcx.target'] is not defined", 'absent'],
  ['not ansible_env.TORCX_BINDIR is defined', 'absent'],
  ['unknown.stat.exists', undefined],
  ['t2.stat.exists', undefined],
  ["ansible_os_family == 'Flatcar'", undefined],
  ['', undefined],
];

test.each(CONDITIONS)('%s asks for what is %s', (condition, expected) => {
  expect(askedByCondition(condition, name => name === 't' || name === 'fact')).toBe(expected);
});
