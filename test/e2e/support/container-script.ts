import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printingProgram } from '../../../fixtures/lib/elf.mjs';

/**
 * Bash for a booted root with Docker: makes an image that holds nothing but one static program, and runs it;
 * it prints `hello from a container`.
 * @param directory of the test's own
 */
export function containerScript(directory: string): string {
  const files = join(directory, 'container');
  mkdirSync(files, { recursive: true });
  const program = printingProgram('x86_64', 'hello from a container');
  writeFileSync(join(files, 'hello'), program, { mode: 0o755 });
  return `${WRITABLE_CGROUPS}
    tar -C '${files}' -c hello | inside docker import --change 'CMD ["/hello"]' - hello > /run/import.log
    inside docker run --rm --network none hello
    # Control groups of the first version are those of the whole machine.
    find /sys/fs/cgroup/*/docker -depth -type d -exec rmdir {} + 2> /dev/null || true`;
}

// systemd-nspawn gives those of the first version read-only, in which no container can be made.
const WRITABLE_CGROUPS = `
  inside findmnt -rno TARGET -t cgroup > /run/cgroups || true
  while IFS= read -r cgroup; do inside mount -o remount,bind,rw "$cgroup" < /dev/null; done < /run/cgroups`;
