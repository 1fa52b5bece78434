import type { ReleaseFile } from './release-file.ts';

/**
 * What the daemon needs beside its programs. Its options come from the variables that Flatcar's own unit knows, so that
 * drop-ins which set them go on working.
 * @param hasSelinux the host labels containers, as Flatcar does
 */
export function dockerFiles({ hasSelinux }: { readonly hasSelinux: boolean }): ReleaseFile[] {
  return [
    {
      path: 'usr/lib/systemd/system/docker.service',
      text: dockerService(hasSelinux),
      because: 'starts the daemon',
    },
    {
      path: 'usr/lib/systemd/system/docker.socket',
      text: DOCKER_SOCKET,
      because: 'starts docker.service when a client connects',
    },
    {
      path: 'usr/lib/sysusers.d/docker.conf',
      text: DOCKER_GROUP,
      because: 'makes the group that may use the socket',
    },
  ];
}

function dockerService(hasSelinux: boolean): string {
  return `[Unit]
Description=Docker Engine
Documentation=https://docs.docker.com/engine/
Requires=docker.socket
Wants=containerd.service network-online.target
After=containerd.service docker.socket firewalld.service network-online.target nss-lookup.target time-set.target
StartLimitIntervalSec=60
StartLimitBurst=3

[Service]
Type=notify
EnvironmentFile=-/run/flannel/flannel_docker_opts.env
${hasSelinux ? 'Environment=DOCKER_SELINUX=--selinux-enabled=true\n' : ''}ExecStart=/usr/bin/dockerd --host=fd:// --containerd=/run/containerd/containerd.sock $DOCKER_SELINUX $DOCKER_OPTS $DOCKER_CGROUPS $DOCKER_OPT_BIP $DOCKER_OPT_MTU $DOCKER_OPT_IPMASQ
ExecReload=/bin/kill -s HUP $MAINPID
# An image store that has to be converted first may take its time.
TimeoutStartSec=0
Restart=always
RestartSec=2
OOMScoreAdjust=-500

# Control groups below its own belong to containers, whose processes must not end with a daemon that crashes.
Delegate=yes
KillMode=process

# Containers inherit these. As many files as under Torcx: some programs walk through all numbers up to the limit.
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity

[Install]
WantedBy=multi-user.target
`;
}

const DOCKER_SOCKET = `[Unit]
Description=Socket of the Docker Engine

[Socket]
ListenStream=/run/docker.sock
SocketMode=0660
SocketUser=root
SocketGroup=docker

[Install]
WantedBy=sockets.target
`;

const DOCKER_GROUP = `# Whoever is in this group may use /run/docker.sock, and so is as mighty as root.
g docker -
`;
