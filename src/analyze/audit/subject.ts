import type { RuleId, Severity } from '../../finding.ts';
import type { Document } from './document.ts';
import type { Mention } from './mentions/mention.ts';
import type { Node } from './node.ts';

/** What a rule looks at: an entry of the tree, or a text that is embedded in one. */
export interface Subject {
  /** As the user knows it; for an embedded text that of the file around it. */
  readonly path: string;
  readonly nodePath: string;
  /** As a command on this machine has to name it. */
  readonly diskPath: string;
  readonly node: Node;
  /** Of a link. */
  readonly target?: string;
  /** Absent for links, directories and what is no text. */
  readonly document?: Document;
  readonly mentions: readonly Mention[];
  /** The size of a file, in bytes. */
  readonly size?: number;
  readonly isDirectory?: true;
}

/** What a rule says, at a range of the document or about the whole of it. */
export interface Observation {
  readonly start?: number;
  readonly end?: number;
  readonly severity?: Severity;
  readonly message: string;
  /** An edit of the line would not mend it. */
  readonly isByHand?: boolean;
  /** What to do by hand; edits of the file are found by the audit itself. */
  readonly manual?: string;
  /** Nothing on the target reads the file or link, so that it can simply go. */
  readonly isRemovable?: true;
}

/** What a rule said of a subject. */
export interface Remark {
  readonly ruleId: RuleId;
  readonly observation: Observation;
  readonly subject: Subject;
}

/** What a rule says of one reference; `severity` is for one that matters. */
export interface MentionRemark {
  readonly message: string;
  readonly severity?: Severity;
  readonly manual?: string;
  /** An edit of the line would not mend it. */
  readonly isByHand?: boolean;
}

export interface AuditRule {
  readonly id: RuleId;
  /** What there is to say beside the references. */
  check?(subject: Subject): Iterable<Observation>;
  /** What there is to say of a reference that is this rule's; nothing where `check` has told the whole file. */
  mention?(mention: Mention, subject: Subject): MentionRemark | undefined;
}
