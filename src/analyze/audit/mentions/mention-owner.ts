import type { RuleId } from '../../../finding.ts';
import type { Mention } from './mention.ts';

/** The one rule that speaks of a reference; so that each is said once, and none is forgotten. */
export function mentionOwner(mention: Mention): RuleId {
  const { reference, use, setting } = mention;
  const { meaning, variable } = reference;
  if (use === 'provisioned-path') return 'TX401';
  if (use === 'search-path') return 'TX302';
  switch (meaning.kind) {
    case 'config':
      return configOwner(meaning.path ?? '');
    case 'store':
      return 'TX105';
    case 'target':
      return isRequirement(mention) ? 'TX202' : 'TX203';
    case 'seal':
      if (use === 'environment-file') return 'TX201';
      if (setting) return use === 'condition' ? 'TX208' : 'TX206';
      return 'TX304';
    case 'profile':
      return 'TX301';
    case 'image-dir':
      return setting ? 'TX205' : 'TX301';
    case 'name':
      return setting && /^TORCX_(?:IMAGEDIR|UNPACKDIR|BINDIR)$/.test(meaning.variable)
        ? 'TX205'
        : 'TX301';
    case 'run-dir':
      return 'TX206';
    default:
      if (isRuntimeConfig(reference.text)) return 'TX305';
      if (variable === undefined) return 'TX206';
      return setting ? (meaning.kind === 'bin' ? 'TX204' : 'TX205') : 'TX301';
  }
}

function configOwner(path: string): RuleId {
  if (path === 'next-profile') return 'TX101';
  if (path.startsWith('profiles')) return 'TX102';
  return path.startsWith('remotes') ? 'TX104' : 'TX103';
}

/** In a unit the setting tells; a command that fails without the target requires it. */
function isRequirement({ setting, strength, use }: Mention): boolean {
  if (!setting) return strength === 'hard';
  if (use !== 'dependency') return false;
  return /^(?:Requires|Requisite|BindsTo|BindTo|RequiresOverridable|RequisiteOverridable)$/.test(
    setting.key,
  );
}

function isRuntimeConfig(text: string): boolean {
  return /\/usr\/share\/containerd\//.test(text);
}
