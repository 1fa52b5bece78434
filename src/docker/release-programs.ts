/** What an extension may hold of a release: the daemon and its client, or what runs containers, which others use too. */
export const PARTS = ['docker', 'containerd'] as const;
export type Part = (typeof PARTS)[number];

/**
 * The programs without which a part does not work. Docker 20.10 is the first release that has them all: older ones
 * come with a containerd that has another configuration format and another shim.
 */
export const REQUIRED_PROGRAMS: Readonly<Record<Part, readonly string[]>> = {
  docker: ['docker', 'docker-init', 'docker-proxy', 'dockerd'],
  containerd: ['containerd', 'containerd-shim-runc-v2', 'ctr', 'runc'],
};

/**
 * The part to which a program belongs. Releases add and lose helpers, which bear the name of their part; what is called
 * otherwise must not get into `/usr/bin`, where it could take the place of a program of the host.
 */
export function partOf(program: string): Part | undefined {
  if (/^(containerd(-[\w.-]+)?|ctr|runc)$/.test(program)) return 'containerd';
  if (/^docker(d|-[\w.-]+)?$/.test(program)) return 'docker';
  return undefined;
}
