import type { ReleaseFile } from './release-file.ts';

/** Where Flatcar's own extension has them; a drop-in of containerd.service chooses by CONTAINERD_CONFIG. */
const CONFIGURATION = '/usr/share/containerd/config.toml';
const CGROUPFS_CONFIGURATION = '/usr/share/containerd/config-cgroupfs.toml';

/**
 * What containerd needs beside its programs.
 * @param hasSelinux the host labels containers, as Flatcar does
 */
export function containerdFiles({ hasSelinux }: { readonly hasSelinux: boolean }): ReleaseFile[] {
  return [
    {
      path: 'usr/lib/systemd/system/containerd.service',
      text: CONTAINERD_SERVICE,
      because: 'starts containerd',
    },
    {
      path: CONFIGURATION.slice(1),
      text: configuration({ hasSelinux, systemdCgroup: true }),
      because: 'configures containerd',
    },
    {
      path: CGROUPFS_CONFIGURATION.slice(1),
      text: configuration({ hasSelinux, systemdCgroup: false }),
      because:
        'configures containerd for nodes whose kubelet does not use the systemd cgroup driver',
    },
  ];
}

/** The link is where Docker units that were written for Torcx look for the socket. */
const CONTAINERD_SERVICE = `[Unit]
Description=containerd
Documentation=https://containerd.io/docs/
After=network.target dbus.service

[Service]
Type=notify
Environment=CONTAINERD_CONFIG=${CONFIGURATION}
ExecStartPre=-modprobe overlay
ExecStartPre=mkdir -p /run/docker/libcontainerd
ExecStartPre=ln -fs /run/containerd/containerd.sock /run/docker/libcontainerd/docker-containerd.sock
ExecStart=/usr/bin/containerd --config \${CONTAINERD_CONFIG}
Restart=always
RestartSec=5
OOMScoreAdjust=-999

# Control groups below its own belong to containers, whose processes must not end with it.
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

/** Format 2 is what containerd 1.3 to 1.7 write and later ones still read. */
function configuration(choice: { hasSelinux: boolean; systemdCgroup: boolean }): string {
  return `# This file cannot be changed. Another one, such as /etc/containerd/config.toml, is used when a drop-in of
# containerd.service says Environment=CONTAINERD_CONFIG=/etc/containerd/config.toml
version = 2

[plugins."io.containerd.grpc.v1.cri"]
enable_selinux = ${choice.hasSelinux}

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = ${choice.systemdCgroup}
`;
}
