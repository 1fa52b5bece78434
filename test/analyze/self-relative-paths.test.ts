import { expect, it } from 'vitest';
import { selfRelativePaths } from '../../src/analyze/self-relative-paths.ts';

it.each<[text: string, paths: readonly string[]]>([
  ['"$(dirname "$(readlink -f "$0")")"/../sbin/zpool "$@"\n', ['../sbin/zpool']],
  ['exec $(dirname $(realpath $0))/helper\n', ['helper']],
  ['DIR=$(dirname "$(readlink -f "$0")")\n. "$DIR/lib.sh"\n${DIR}/../x/y\n', ['lib.sh', '../x/y']],
  ['HERE="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."\n"$HERE"/share/a\n', ['../share/a']],
  ['SELF=$(readlink -f "$0")\nD=$(dirname "$SELF")\n$D/a\n"${SELF%/*}/b"\n', ['a', 'b']],
  ['DIR=$(dirname "$(readlink -f "$0")")\ncat $DIR/*.conf $DIR/$1 "$DIR"\n', []],
  ['DIR=$(dirname "$0")\n$DIR/a\n', []],
  ['# $(dirname "$(readlink -f "$0")")/a\nreadlink -f /etc/x\n', []],
  ['X=$(readlink -f "$1")\n$(dirname "$X")/a\n', []],
])('%j looks for %j', (text, paths) => {
  expect(selfRelativePaths(text)).toEqual(paths);
});
