import { torcxNextProfile } from './rules/tx101-torcx-next-profile.ts';
import { torcxProfile } from './rules/tx102-torcx-profile.ts';
import { torcxConfig } from './rules/tx103-torcx-config.ts';
import { torcxRemote } from './rules/tx104-torcx-remote.ts';
import { torcxStoreImage } from './rules/tx105-torcx-store-image.ts';
import { torcxJsonUnparsable } from './rules/tx106-torcx-json-unparsable.ts';
import { docker112Switch } from './rules/tx107-docker-1-12-switch.ts';
import { torcxEnvironmentFile } from './rules/tx201-torcx-environment-file.ts';
import { torcxTargetRequires } from './rules/tx202-torcx-target-requires.ts';
import { torcxTargetOrdering } from './rules/tx203-torcx-target-ordering.ts';
import { torcxBindirExec } from './rules/tx204-torcx-bindir-exec.ts';
import { torcxUnpackdir } from './rules/tx205-torcx-unpackdir.ts';
import { runTorcxPath } from './rules/tx206-run-torcx-path.ts';
import { vendorUnitCopy } from './rules/tx207-vendor-unit-copy.ts';
import { sealCondition } from './rules/tx208-seal-condition.ts';
import { containerdConfigNowEffective } from './rules/tx209-containerd-config-now-effective.ts';
import { scriptTorcxVariable } from './rules/tx301-script-torcx-variable.ts';
import { pathRunTorcx } from './rules/tx302-path-run-torcx.ts';
import { torcxCommand } from './rules/tx303-torcx-command.ts';
import { sourcesSealFile } from './rules/tx304-sources-seal-file.ts';
import { runtimeConfigPath } from './rules/tx305-runtime-config-path.ts';
import { danglingRunTorcxLink } from './rules/tx306-dangling-run-torcx-link.ts';
import { copiedTorcxAsset } from './rules/tx307-copied-torcx-asset.ts';
import { provisionedTorcxFile } from './rules/tx401-provisioned-torcx-file.ts';
import { kernelTorcxConfig } from './rules/tx403-kernel-torcx-config.ts';
import { torcxGeneratorMask } from './rules/tx501-torcx-generator-mask.ts';
import { builtinDockerNotMasked } from './rules/tx502-builtin-docker-not-masked.ts';
import { enableLinkToSysextUnit } from './rules/tx503-enable-link-to-sysext-unit.ts';
import { extensionNameMismatch } from './rules/tx504-extension-name-mismatch.ts';
import { builtinExtensionMissing } from './rules/tx505-builtin-extension-missing.ts';
import type { AuditRule } from './subject.ts';

/** Every rule of the audit but TX901, which judges the comments that silence the others. */
export const AUDIT_RULES: readonly AuditRule[] = [
  torcxNextProfile,
  torcxProfile,
  torcxConfig,
  torcxRemote,
  torcxStoreImage,
  torcxJsonUnparsable,
  docker112Switch,
  torcxEnvironmentFile,
  torcxTargetRequires,
  torcxTargetOrdering,
  torcxBindirExec,
  torcxUnpackdir,
  runTorcxPath,
  vendorUnitCopy,
  sealCondition,
  containerdConfigNowEffective,
  scriptTorcxVariable,
  pathRunTorcx,
  torcxCommand,
  sourcesSealFile,
  runtimeConfigPath,
  danglingRunTorcxLink,
  copiedTorcxAsset,
  provisionedTorcxFile,
  kernelTorcxConfig,
  torcxGeneratorMask,
  builtinDockerNotMasked,
  enableLinkToSysextUnit,
  extensionNameMismatch,
  builtinExtensionMissing,
];
