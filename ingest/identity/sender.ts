// Who sent a mail and who wrote the patch in it, when a list or a forwarder has put other names into From.
// DMARC rewriting by Mailman, Google Groups and IETF; in-body `From:` as git-am reads it (git-format-patch(1)).
import type { Address, Message } from '../../model/message.ts';
import { parseSubject } from '../thread/subject.ts';
import { readAddress } from './address.ts';
import { cleanName, isViaName } from './name.ts';

/** `Ann Lee <ann@example.org>`, quotes optional. */
const MAILBOX = /^[ \t]*"?([^"<>]{0,200}?)"?[ \t]{0,8}<([^<>\s]{3,320})>/u;
const BARE_MAILBOX = /^[ \t]*([^\s<>"]{1,320}@[^\s<>"]{1,320})[ \t]*$/u;
const IN_BODY_FROM = /^From:[ \t]{1,8}(.{3,600})$/iu;
const IN_BODY_HEADER = /^(?:From|Subject|Date|Signed-off-by):[ \t]/iu;
/** Lines looked at above the in-body headers: forwarders put a sentence there seldom, never a page. */
const LOOK_AHEAD = 12;

/** One mailbox out of header text, name unquoted; undefined when there is none. */
export function readMailbox(text: string): Address | undefined {
  const full = MAILBOX.exec(text);
  if (full !== null) return { name: (full[1] ?? '').trim(), address: full[2] ?? '' };
  const bare = BARE_MAILBOX.exec(text);
  return bare === null ? undefined : { name: '', address: bare[1] ?? '' };
}

/**
 * The human who sent the mail: From, with `via list` and DMARC rewriting undone by X-Original-From, Reply-To or an in-body
 * From of the same name. When the true address is nowhere, the address is '' and the name alone is left.
 */
export function senderOf(message: Message): Address {
  const from = message.from[0] ?? { name: '', address: '' };
  if (!isRewritten(from, message)) return from;
  const name = cleanName(from.name);
  const original =
    readMailbox(message.headers['x-original-from'] ?? '') ??
    readMailbox(message.headers['x-original-sender'] ?? '');
  if (original !== undefined)
    return { name: original.name === '' ? name : original.name, address: original.address };
  for (const reply of [...message.replyTo, ...message.cc]) {
    if (isListAddress(reply.address, message)) continue;
    // Some lists put only the person, others the list and the person; Cc is believed only with the same name.
    const sameName = name !== '' && cleanName(reply.name).toLowerCase() === name.toLowerCase();
    if (sameName || (message.replyTo.length === 1 && reply === message.replyTo[0])) {
      return { name, address: reply.address };
    }
  }
  const author = inBodyFrom(message);
  if (author !== undefined && cleanName(author.name).toLowerCase() === name.toLowerCase()) return author;
  return { name, address: '' };
}

/** The author of the patch in this mail when an in-body `From:` names somebody else than the sender; else undefined. */
export function patchAuthorOf(message: Message): Address | undefined {
  const author = inBodyFrom(message);
  if (author === undefined) return undefined;
  const sender = senderOf(message);
  const same =
    readAddress(author.address).key === readAddress(sender.address).key ||
    cleanName(author.name).toLowerCase() === cleanName(sender.name).toLowerCase();
  return same ? undefined : author;
}

function isRewritten(from: Address, message: Message): boolean {
  return isViaName(from.name) || isListAddress(from.address, message);
}

/** True for the address of the list this mail came through, as List-Id and List-Post give it. */
export function isListAddress(address: string, message: Message): boolean {
  const lower = address.toLowerCase();
  if (lower === '') return false;
  if (message.listId !== '' && lower.replace('@', '.') === message.listId.toLowerCase()) return true;
  return (message.headers['list-post'] ?? '').toLowerCase().includes(`mailto:${lower}>`);
}

/** The first line of a patch mail's text, when it is a `From:` line followed by further in-body headers or an empty line. */
function inBodyFrom(message: Message): Address | undefined {
  const subject = parseSubject(message.subject);
  if (!subject.isPatch || subject.isReply || subject.isForward) return undefined;
  let start = 0;
  for (let seen = 0; seen < LOOK_AHEAD && start < message.body.length; seen += 1) {
    const newline = message.body.indexOf('\n', start);
    const end = newline === -1 ? message.body.length : newline;
    const line = message.body.slice(start, Math.min(end, start + 1000)).trimEnd();
    start = end + 1;
    if (line === '') continue;
    const found = IN_BODY_FROM.exec(line);
    if (found !== null) return readMailbox(found[1] ?? '');
    if (!IN_BODY_HEADER.test(line)) return undefined;
  }
  return undefined;
}
