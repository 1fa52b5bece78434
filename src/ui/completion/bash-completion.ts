import { archivePattern, type CompletedOption } from './completed-options.ts';

/**
 * For bash 4 and newer, with or without the package bash-completion. Readline takes a word to begin behind a colon, and
 * Torcx puts one into the names of its images: so the word is read from the line, and of each answer only that part is
 * given which takes the place of what readline calls the word.
 */
export function bashCompletion(options: readonly CompletedOption[]): string {
  const flags = options.flatMap(({ long, short }) => (short ? [short, long] : [long]));
  return `# bash completion of torcx2sysext: source <(torcx2sysext --completion bash)
_torcx2sysext() {
  local line=\${COMP_LINE:0:COMP_POINT} replaced=\${COMP_WORDS[COMP_CWORD]}
  local word=\${line##*[[:blank:]]} kind=operand offers= before prev
  before=\${line%"$word"}
  [[ $replaced == [:=] ]] && replaced=
  local kept=\${word%"$replaced"}
  kept=\${kept//\\\\/}
  word=\${word//[\\\\\\"\\']/}
  read -r -a prev <<<"$before"
  prev=\${prev[-1]}
  if [[ $word == --*=* ]]; then
    prev=\${word%%=*}
    word=\${word#*=}
    kept=\${kept#"$prev"=}
  fi
  case $prev in
${options.flatMap(valueCase).join('\n')}
  esac
  if [[ $kind == operand && $word == -* ]]; then
    kind=words offers='${flags.join(' ')}'
  elif [[ $kind == operand && " $before " == *' --check'[[:blank:]=]* ]]; then
    kind=file
  fi
  case $kind in
    words) mapfile -t COMPREPLY < <(compgen -W "$offers" -- "$word") ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    directory) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    operand)
      mapfile -t COMPREPLY < <(
        compgen -d -- "$word"
        compgen -f -- "$word" | grep -E '${archivePattern()}'
      )
      ;;
  esac
  [[ $kind == words ]] || compopt -o filenames 2>/dev/null
  COMPREPLY=("\${COMPREPLY[@]#"$kept"}")
}
complete -F _torcx2sysext torcx2sysext
`;
}

function valueCase({ long, short, value }: CompletedOption): string[] {
  // What follows --check is completed like an operand, which it may be.
  if (!value || value.isOptional) return [];
  const { offers = [] } = value;
  const names = [...(short ? [short] : []), long].join(' | ');
  const action =
    typeof offers === 'string' ? `kind=${offers}` : `kind=words offers='${offers.join(' ')}'`;
  return [`    ${names}) ${action} ;;`];
}
