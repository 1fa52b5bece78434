import type { NodeRequest } from '../../src/provision/node-config.ts';

const DOCKER: NodeRequest = {
  name: 'docker',
  image: { url: 'https://images.example/a%20b/docker.raw', sha256: 'ab'.repeat(32) },
  path: '/opt/extensions/docker/docker.raw',
  masked: ['docker-flatcar', 'containerd-flatcar'],
  hasTorcx: false,
  needsHelp: false,
  transfers: [],
};

const TRANSFER = `# 100 %, "quoted"
[Transfer]
Verify=false

[Source]
Path=https://images.example/a%%20b/
`;

/** What users ask for, each with something that the others do not have. */
export const NODE_REQUESTS: Readonly<Record<string, NodeRequest>> = {
  docker: DOCKER,
  'another program': { ...DOCKER, name: 'kubelet', masked: [] },
  'an image that is not made yet': { ...DOCKER, image: { url: 's3://bucket/docker.raw' } },
  'a release with Torcx': { ...DOCKER, hasTorcx: true },
  'another distribution': { ...DOCKER, masked: [], needsHelp: true },
  'with updates': {
    ...DOCKER,
    path: '/opt/extensions/docker/docker-28.5.1-x86-64.raw',
    transfers: ['docker.conf', 'docker.transfer'].map(file => ({
      path: `/etc/sysupdate.docker.d/${file}`,
      text: TRANSFER,
    })),
  },
};
