// Made messages for tests, with what a test does not say left empty.
import type { Address, Message } from '../../../model/message.ts';

let count = 0;

export function mail(fields: Partial<Message> = {}): Message {
  count += 1;
  return {
    id: `made-${count}@example.org`,
    syntheticId: false,
    provenance: 'mail',
    subject: 'A question',
    from: [],
    to: [],
    cc: [],
    replyTo: [],
    date: '',
    time: count,
    inReplyTo: [],
    references: [],
    listId: '',
    headers: {},
    body: '',
    attachments: [],
    defects: [],
    ...fields,
  };
}

export function mailbox(text: string): Address {
  const at = text.indexOf('<');
  if (at === -1) return { name: text.trim(), address: '' };
  return { name: text.slice(0, at).trim(), address: text.slice(at + 1, text.indexOf('>', at)) };
}

export function mailFrom(text: string, fields: Partial<Message> = {}): Message {
  return mail({ from: [mailbox(text)], ...fields });
}
