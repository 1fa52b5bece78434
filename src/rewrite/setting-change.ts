import type { TextEdit } from './text-edit.ts';

/** What happens to a setting: nothing is left of it, or its value changes at places counted in the value. */
export type SettingChange =
  | {
      readonly remove: true;
      readonly because: readonly string[];
      readonly notes?: readonly string[];
    }
  | {
      readonly remove: false;
      readonly edits: readonly TextEdit[];
      readonly because: readonly string[];
      readonly notes: readonly string[];
    };
