import { partitionPoint } from '../../../partition-point.ts';
import { findTorcxReferences } from '../../torcx-reference.ts';
import { allMaps, type ConfigMap, type ConfigScalar, scalarText } from '../carriers/config-map.ts';
import { type MapSpan, mapSpans } from '../carriers/map-spans.ts';
import { yamlMap } from '../carriers/yaml-map.ts';
import type { Embedding } from '../embedding.ts';
import type { GuardRanges } from './guard-ranges.ts';
import { TaskAnswers } from './task-answers.ts';
import { askedByCondition } from './task-condition.ts';

/** What tasks of Ansible, states of Salt and steps of a pipeline make of what they name. @param text in YAML */
export function taskGuards(text: string): GuardRanges {
  return KEYS.test(text) ? readGuards(text) : {};
}

/** Without one of these keys a text has no guard. */
const KEYS =
  /\b(?:register|when|ignore_errors|failed_when|rescue|removes|creates|onlyif|unless|fail_on_missing|assert|until|continue-on-error|allow_failure)\b/;

/** The mappings of a text, in their order, and what is needed to judge them. */
interface Tasks {
  readonly maps: readonly ConfigMap[];
  readonly spans: ReadonlyMap<ConfigMap, MapSpan>;
  /** Where Torcx is referred to. */
  readonly references: readonly number[];
}

function readGuards(text: string): GuardRanges {
  const maps = [...allMaps(yamlMap(text))];
  const references = findTorcxReferences(text).map(({ start }) => start);
  const tasks = { maps, spans: mapSpans(maps), references };
  const answers = answersOf(tasks);
  return {
    asked: [...maps.flatMap(map => lookSpan(map, tasks) ?? []), ...maps.flatMap(questionsOf)],
    required: [
      ...maps.flatMap(map => neededLooks(map, answers)),
      ...maps.flatMap(map => needs(map, NO_ANSWERS)),
    ],
    settled: maps.flatMap(map => needs(map, NO_ANSWERS, 'absent')),
    guarded: maps.flatMap(map => [...guardedBy(map, answers, tasks)]),
    forgiven: maps.flatMap(map => [...forgivenBy(map, tasks)]),
  };
}

const LOOKS = /^(?:stat|find)$/;
const COMMANDS = /^(?:command|shell|raw|script)$/;

/** A task that keeps the answer of its look for something of Torcx. */
function lookSpan(map: ConfigMap, tasks: Tasks): MapSpan | undefined {
  const span = tasks.spans.get(map);
  const isLook = map.scalars.has('register') && hasModule(map, LOOKS);
  return isLook && span && refers(span, tasks) ? span : undefined;
}

/** Answers of looks and of commands that may fail, and facts that are nothing else. */
function answersOf(tasks: Tasks): TaskAnswers {
  const answers = new TaskAnswers();
  for (const map of tasks.maps) {
    const variable = scalarText(map, 'register');
    const span = tasks.spans.get(map);
    if (variable !== undefined && span) {
      const isTried = mayFail(map) && hasModule(map, COMMANDS) && refers(span, tasks);
      const look = lookSpan(map, tasks) ?? (isTried ? span : undefined);
      answers.give(variable, { from: span.start, look });
    }
    for (const { key, value } of map.scalars.values()) {
      const isFact = /^[A-Za-z_]\w*$/.test(key) && /^\{\{[^{}]*\}\}$/.test(value.text.trim());
      if (isFact && asked(value, answers) === 'present')
        answers.give(key, { from: value.start, look: { start: value.start, end: value.end } });
    }
  }
  return answers;
}

/** Looks whose answer has to be the one that a node with Torcx gives. */
function neededLooks(map: ConfigMap, answers: TaskAnswers): MapSpan[] {
  return needs(map, answers).flatMap(({ text, start }) =>
    [...text.matchAll(/[A-Za-z_]\w*/g)].flatMap(([name]) => answers.lookAt(name, start) ?? []),
  );
}

const NO_ANSWERS = new TaskAnswers();

/** Conditions that a play ends at unless something of Torcx is `present`, or unless it is `absent`. */
function needs(
  map: ConfigMap,
  answers: TaskAnswers,
  wanted: 'present' | 'absent' = 'present',
): Embedding[] {
  const other = wanted === 'present' ? 'absent' : 'present';
  const fails = hasModule(map, /^fail$/) ? textsAt(map, 'when') : [];
  const asserted = map.children.filter(isAssertion).flatMap(child => textsAt(child, 'that'));
  const isAsked = (answer: string) => (scalar: ConfigScalar) =>
    asked(scalar.value, answers) === answer;
  return [
    ...[...fails, ...textsAt(map, 'failed_when')].filter(isAsked(other)),
    ...[...asserted, ...textsAt(map, 'until')].filter(isAsked(wanted)),
  ].map(({ value }) => value);
}

/** Arguments of a task that keep it from being run. */
const FILE_KEYS = ['creates', 'removes', 'onlyif', 'unless'];

/** Arguments and conditions that only ask. */
function questionsOf(map: ConfigMap): readonly MapSpan[] {
  const keys = ['when', 'that', 'failed_when', 'changed_when', 'until', ...FILE_KEYS];
  return keys.flatMap(key => textsAt(map, key)).map(({ value }) => value);
}

function* guardedBy(map: ConfigMap, answers: TaskAnswers, tasks: Tasks): Generator<MapSpan> {
  const span = tasks.spans.get(map);
  if (!span) return;
  const answer = textsAt(map, 'when').map(({ value }) =>
    // Before the task itself gives a variable something else.
    asked(value, answers, span.start - 1),
  );
  if (answer.includes('present')) yield span;
  if (answer.includes('absent') && /^end_/.test(metaAction(map)))
    yield { start: span.end, end: Number.POSITIVE_INFINITY };
  const isRemover = textsAt(map, 'removes').some(({ value }) => refers(value, tasks));
  if (isRemover) yield spanOf(map.key === 'args' ? map.parent : map, tasks);
  // The arguments of a state are a list, each a mapping of its own.
  const isState = textsAt(map, 'onlyif').some(({ value }) => refers(value, tasks));
  if (isState) yield spanOf(map.parent, tasks);
}

/** The task may fail, or another one takes over when it does. */
function* forgivenBy(map: ConfigMap, tasks: Tasks): Generator<MapSpan> {
  if (mayFail(map)) yield spanOf(map, tasks);
  if (!map.children.some(({ key }) => key === 'rescue')) return;
  for (const child of map.children) if (child.key === 'block') yield spanOf(child, tasks);
}

const NO_SPAN: MapSpan = { start: 0, end: 0 };

function spanOf(map: ConfigMap | undefined, { spans }: Tasks): MapSpan {
  return (map && spans.get(map)) ?? NO_SPAN;
}

function asked({ text, start }: Embedding, answers: TaskAnswers, offset = start) {
  return askedByCondition(text, name => answers.lookAt(name, offset) !== undefined);
}

const TOLERANCES = ['ignore_errors', 'continue-on-error', 'allow_failure'];

/** `ignore_errors: true`, `failed_when: false`. */
function mayFail(map: ConfigMap): boolean {
  return (
    TOLERANCES.some(key => /^(?:true|yes|on)$/i.test(scalarText(map, key) ?? '')) ||
    /^(?:false|no|never)$/i.test(scalarText(map, 'failed_when') ?? '') ||
    map.children.some(child => /^(?:false|no)$/i.test(scalarText(child, 'fail_on_missing') ?? ''))
  );
}

function metaAction(map: ConfigMap): string {
  return scalarText(map, 'meta') ?? scalarText(map, 'ansible.builtin.meta') ?? '';
}

function isAssertion({ key }: ConfigMap): boolean {
  return moduleName(key) === 'assert';
}

function hasModule({ scalars, children }: ConfigMap, names: RegExp): boolean {
  return (
    [...scalars.keys()].some(key => names.test(moduleName(key))) ||
    children.some(({ key }) => names.test(moduleName(key)))
  );
}

/** `stat` of `ansible.builtin.stat`. */
function moduleName(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** A text, or those of a list. */
function textsAt(map: ConfigMap, key: string): ConfigScalar[] {
  const own = map.scalars.get(key);
  const listed = map.children.filter(child => child.key === key);
  return [...(own ? [own] : []), ...listed.flatMap(({ scalars }) => [...scalars.values()])];
}

function refers({ start, end }: MapSpan, { references }: Tasks): boolean {
  const first = partitionPoint(references.length, index => (references[index] ?? 0) < start);
  return (references[first] ?? Number.POSITIVE_INFINITY) < end;
}
