// Does a mail say that its sender applied a patch? Asked of every mail that is added, so most are told by a word.
import type { Message } from '../model/message.ts';
import { readMessage } from '../nlp/ledger/build.ts';
import { applierOf } from '../nlp/role/role.ts';

/** Words without which no cue of applying holds (data/dialect/role.json: applied, i-applied). */
const APPLIES = /\b(?:applied|applying|queued|picked|pushed|merged)\b/i;
/** "Applied, thanks" is short; patches and logs that hold such words are long. */
const MOST_OWN = 16_000;

/** Lower-case address of the sender, '' when the mail says nothing of the kind. `own`: its text without quotes. */
export function applierIn(message: Message, own: string): string {
  if (own.length > MOST_OWN || !APPLIES.test(own)) return '';
  try {
    return applierOf(readMessage(message));
  } catch {
    // A fault of ours in reading one text must not keep the mail from being stored.
    return '';
  }
}
