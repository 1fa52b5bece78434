import type { Offers } from '../../command-line/option-values.ts';
import { archivePattern, type CompletedOption } from './completed-options.ts';

/** For fish 3.1 and newer. */
export function fishCompletion(options: readonly CompletedOption[]): string {
  return `# fish completion of torcx2sysext: torcx2sysext --completion fish | source
function __torcx2sysext_archives
    set -l word (commandline -ct)
    for path in $word*
        if test -d $path
            echo $path/
        else if string match -rq -- '${archivePattern()}' $path
            echo $path
        end
    end
end
complete -c torcx2sysext -n 'not __fish_seen_argument -l check' -f -a '(__torcx2sysext_archives)'
${options.map(optionLine).join('\n')}
`;
}

function optionLine({ long, short, help, value }: CompletedOption): string {
  const words = [
    'complete -c torcx2sysext',
    ...(short ? [`-s ${short.slice(1)}`] : []),
    `-l ${long.slice(2)}`,
    ...(value && !value.isOptional ? [valueWords(value.offers)] : []),
    `-d ${quoted(help)}`,
  ];
  return words.join(' ');
}

function valueWords(offers: Offers | undefined): string {
  if (offers === undefined) return '-x';
  if (offers === 'file') return '-r -F';
  const words = offers === 'directory' ? '(__fish_complete_directories)' : offers.join(' ');
  return `-x -a ${quoted(words)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
