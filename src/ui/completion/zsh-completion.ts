import { ARCHIVE_SUFFIXES } from '../../archive-name.ts';
import type { Offers } from '../../command-line/option-values.ts';
import type { CompletedOption } from './completed-options.ts';

/** For zsh 5: as a file `_torcx2sysext` in a directory of `fpath`, or sourced behind compinit. */
export function zshCompletion(options: readonly CompletedOption[]): string {
  return `#compdef torcx2sysext
# zsh completion of torcx2sysext: source <(torcx2sysext --completion zsh)
_torcx2sysext_operand() {
  if [[ \${words[(I)--check(|=*)]} -gt 0 ]]; then
    _files
  else
    _files -g '${archiveGlob()}'
  fi
}
_torcx2sysext() {
  _arguments -s -S : \\
${options.map(option => `    ${optionSpec(option)} \\`).join('\n')}
    '*:archive:_torcx2sysext_operand'
}
if [[ $funcstack[1] == _torcx2sysext ]]; then
  _torcx2sysext "$@"
else
  compdef _torcx2sysext torcx2sysext
fi
`;
}

/** `'(-o --output)'{-o+,--output=}'[help]:path:_files'` */
function optionSpec({ long, short, help, value, isRepeatable }: CompletedOption): string {
  const text = `[${help.replaceAll(/[[\]\\]/g, '\\$&')}]${valueSpec(value)}`;
  const longForm = value && !value.isOptional ? `${long}=` : long;
  if (short === undefined) return quoted(`${isRepeatable ? '*' : ''}${longForm}${text}`);
  const others = isRepeatable ? '*' : `(${short} ${long})`;
  return `${quoted(others)}{${value ? `${short}+` : short},${longForm}}${quoted(text)}`;
}

/** What follows --check is an operand like those behind it. */
function valueSpec(value: CompletedOption['value']): string {
  if (!value || value.isOptional) return '';
  return `:${value.name}:${value.offers ? action(value.offers) : ' '}`;
}

function action(offers: Offers): string {
  if (offers === 'file') return '_files';
  return offers === 'directory' ? '_files -/' : `(${offers.join(' ')})`;
}

function archiveGlob(): string {
  return `*(${ARCHIVE_SUFFIXES.join('|')})(-.)`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
