import { checkAnswers } from '../../../command-line/parse-answers.ts';
import type { Request } from '../request.ts';
import type { Session } from '../session.ts';

/**
 * Opens an archive, or asks for a name as long as it has none that an extension can have. What was decided about another
 * archive means nothing for this one.
 * @param name as the user wants it; otherwise it comes from the archive's
 */
export function archiveRequest(session: Session, path: string, name?: string): Request {
  const { choices: before } = session;
  const isOther = before.archive !== '' && before.archive !== path;
  const choices = {
    ...before,
    ...(isOther && NOTHING_DECIDED),
    archive: path,
    ...(name !== undefined && { name }),
  };
  const check = checkAnswers(choices, session);
  if (check.ok || check.key !== 'name') return { do: 'open', choices };
  const question = `${check.what}. Name of the extension`;
  return { do: 'ask', question, text: check.hint ?? '', answers: 'nameArchive' };
}

const NOTHING_DECIDED = { name: '', enable: [], noEnable: [], drop: [], keep: [] } as const;
