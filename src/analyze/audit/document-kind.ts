import { baseName } from '../../path-names.ts';
import { parseUnitName } from '../unit-name.ts';

const KINDS = [
  'unit',
  'shell',
  'udev',
  'tmpfiles',
  'environment',
  'crontab',
  'json',
  'yaml',
  'terraform',
  'dockerfile',
  'source',
  'prose',
  'boot-loader',
  'encoded',
  'settings',
] as const;

/**
 * What a text is to the rules. `prose`: documentation, messages and logs; `source`: a program that is no shell script;
 * `encoded`: a data URL or the like, which only holds another text; `settings`: everything else.
 */
export type DocumentKind = (typeof KINDS)[number];

/** @param path as a node has it; a bare name or nothing for an embedded text that has no path */
export function documentKind(path: string, text: string): DocumentKind {
  const name = path.replace(TEMPLATE_SUFFIX, '');
  const start = text.slice(0, HEAD).replace(/^\ufeff/, '');
  const kind = kindByStart(name, start) ?? kindByPath(name) ?? kindByContent(start);
  return kind === 'settings' && name.endsWith('.txt') ? 'prose' : kind;
}

/** Whose recipes are scripts; its other lines are settings. */
export function isMakefile(nodePath: string): boolean {
  return /(?:^|\/)(?:GNU)?[Mm]akefile(?:\.[\w-]+)?$|\.mk$/.test(nodePath);
}

/** What a template or a copy adds to the name of what it makes. */
const TEMPLATE_SUFFIX = /(?:\.(?:tmpl|tpl|gotmpl|j2|erb|template|in|orig|bak|old))+$/;

/** No format has its marks later than here. */
const HEAD = 65536;

const SHELL = /^#![^\n]*\b(?:sh|bash|dash|ash|ksh|zsh)\b/;
const UNIT_SECTION =
  /^\[(?:Unit|Install|Service|Socket|Mount|Automount|Swap|Timer|Path|Slice|Scope|Manager)\][ \t]*\r?$/m;

function kindByStart(path: string, text: string): DocumentKind | undefined {
  if (/\/share\/doc\//.test(path)) return 'prose';
  // Before anything else that the path says: the path is that of the decoded file.
  if (/^data:[^,\s]{0,200},/.test(text) && !/\s/.test(text.trimEnd())) return 'encoded';
  if (SHELL.test(text)) return 'shell';
  if (/^(?:## template: jinja\r?\n)?#cloud-config/.test(text)) return 'yaml';
  if (text.startsWith('#!ipxe')) return 'boot-loader';
  if (text.startsWith('#!')) return 'source';
  return isUnitPath(path) ? 'unit' : undefined;
}

function isUnitPath(path: string): boolean {
  const name = baseName(path);
  if (/\.(?:network|netdev|link|nspawn)$/.test(name)) return path.includes('/systemd/');
  if (parseUnitName(name)) return !/\.(?:path|target|device|scope)$/.test(name) || path !== name;
  if (!name.endsWith('.conf')) return false;
  return /(?:^|[./])(?:service|socket|target|mount|automount|swap|timer|path|slice|scope)\.d\//.test(
    path,
  );
}

const BY_PATH: readonly (readonly [RegExp, DocumentKind])[] = [
  [
    /\.(?:sh|bash|zsh|ksh)$|\/profile\.d\/|\/(?:\.?bashrc|\.?(?:bash_)?profile|bash\.bashrc)$/,
    'shell',
  ],
  [/\/rules\.d\/[^/]+\.rules$/, 'udev'],
  [/\/tmpfiles\.d\/[^/]+\.conf$/, 'tmpfiles'],
  [/\/systemd\/(?:system|user)(?:\.conf(?:\.d\/[^/]+)?)$/, 'unit'],
  [/\/(?:default|sysconfig|environment\.d)\/[^/]+$|\/environment$|\.env$/, 'environment'],
  [/\/cron(?:tab|\.d\/[^/]+|tabs\/[^/]+)$/, 'crontab'],
  [/\.(?:tf|tfvars|hcl)$/, 'terraform'],
  [/\/grub[^/]*\.cfg$|\/loader\/entries\/[^/]+$|\/cmdline(?:\.d\/[^/]+)?$/, 'boot-loader'],
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.dockerfile$/i, 'dockerfile'],
  [
    /\.(?:md|markdown|mdx|rst|adoc|asciidoc|html?|tex|log|eml|csv|tsv|out|diff|patch|[1-8])$/i,
    'prose',
  ],
  [/(?:^|\/)(?:README|CHANGELOG|CHANGES|NEWS|NOTES|TODO|HISTORY|LICENSE)[^/]*$/, 'prose'],
  [/\/\.(?:\w+_history|viminfo|vimrc|lesshst)$/, 'prose'],
  [/\/(?:motd|issue)(?:\.d\/[^/]+|\.net)?$|\/doc\/|\/man\/|\/log\//, 'prose'],
  [
    /\.(?:py|go|rs|rb|pl|pm|js|mjs|cjs|ts|java|kt|c|h|cc|cpp|lua|php|cs|scala|swift|jsonnet)$/,
    'source',
  ],
  [/\.(?:ya?ml|bu|fcc|clc|sls)$/, 'yaml'],
  [/\.(?:json|jsonc|json5|ign)$/, 'json'],
  // What has no `#!` is run by the shell that calls it (execvp(3)).
  [/\/s?bin\/[\w-]+$/, 'shell'],
];

function kindByPath(path: string): DocumentKind | undefined {
  return BY_PATH.find(([pattern]) => pattern.test(path))?.[1];
}

/** Directives of a template, and comments of it, before what it makes. */
const TEMPLATE_LINES = /^(?:\s*\{\{[^{}]*\}\}[ \t]*(?:\r?\n|$))+/;

function kindByContent(head: string): DocumentKind {
  if (/^\s*(?:\{(?!\{)|\[)(?=\s*["{[\]}])/.test(head.replace(TEMPLATE_LINES, ''))) return 'json';
  if (UNIT_SECTION.test(head)) return 'unit';
  if (/^(?:apiVersion|variant|storage|systemd|coreos|write_files):(?:\s|$)/m.test(head))
    return 'yaml';
  if (isLog(head)) return 'prose';
  return 'settings';
}

const LOG_LINE =
  /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[ *\d+\.\d+\] |<\d+>)/;

/** A line that a journal or the kernel wrote. */
export function isLogLine(line: string): boolean {
  return LOG_LINE.test(line);
}

function isLog(text: string): boolean {
  const lines = text.split('\n', 20).filter(line => line.trim() !== '');
  return lines.length > 0 && lines.filter(line => LOG_LINE.test(line)).length * 2 > lines.length;
}
