import { ITEM_KEY } from './config-map.ts';

/** Where a text stands in a carrier. */
interface KeyedText {
  readonly key: string;
  /** Of an item of a list: the key of the list, and the item before it. */
  readonly list: string;
  readonly before: string;
}

/** What a text under a key of a carrier is, where the key says more about it than the text. */
export function keyedKind({ key, list, before }: KeyedText): 'shell' | 'prose' | undefined {
  if (key.startsWith(ITEM_KEY)) {
    if (isScriptItem(list, before)) return 'shell';
    return PROSE_KEY.test(list) ? 'prose' : undefined;
  }
  if (PROSE_KEY.test(key)) return 'prose';
  return SCRIPT_KEY.test(key) ? 'shell' : undefined;
}

/** Ansible, pipelines, Kubernetes' hooks, Terraform's provisioners. */
const SCRIPT_KEY =
  /^(?:(?:before|after|pre|post)_?)?(?:shell|run|script|command|cmd|exec|args|(?:ansible\.(?:builtin|legacy)\.)?(?:shell|command|raw)|free_form)$/i;
/** `runcmd` and the like: each item is a command line. */
const SCRIPT_LIST =
  /^(?:runcmd|bootcmd|(?:(?:before|after|pre|post)_?)?(?:script|commands?|cmds|run|shell)|(?:pre|post)kubeadmcommands|inline)$/i;
/** What people read, and queries: what they ask about is no dependency of a node. */
const PROSE_KEY =
  /^(?:description|summary|message|msg|comment|title|help|notes?|reason|expr|query|promql|readme|changelog|.*\.(?:md|rst|adoc|txt))$/i;

/** Of an argument vector only what follows `-c` is a script. */
function isScriptItem(list: string, before: string): boolean {
  if (/^-\w*c$/.test(before)) return true;
  return SCRIPT_LIST.test(list) && !/^(?:command|args|entrypoint)$/.test(list);
}
