// One message as text: the headers that matter, the body, attachments, defects.
import type { Address, Message } from '../../model/message.ts';
import { utcMinute } from '../time.ts';
import { ink, printed, type Line } from './ink.ts';

function addresses(all: readonly Address[]): string {
  return all
    .map(({ name, address }) => (name === '' ? address : address === '' ? name : `${name} <${address}>`))
    .join(', ');
}

export function messageText(message: Message, color: boolean): string {
  const header = (name: string, value: string): Line[] =>
    value === '' ? [] : [[ink('strong', `${name}:`), ` ${value.replace(/\s+/g, ' ')}`]];
  const bracketed = (ids: readonly string[]): string => ids.map((id) => `<${id}>`).join(' ');
  const date = utcMinute(message.time);
  return printed(
    [
      ...header('From', addresses(message.from)),
      ...header('To', addresses(message.to)),
      ...header('Cc', addresses(message.cc)),
      ...header('Date', date === '' ? message.date : date),
      ...header('Subject', message.subject),
      ...header('Message-ID', `<${message.id}>${message.syntheticId ? ' (made by hum)' : ''}`),
      ...header('In-Reply-To', bracketed(message.inReplyTo)),
      [],
      ...message.body
        .replace(/\n$/, '')
        .split('\n')
        .map((line): Line => [line.startsWith('>') ? ink('dim', line) : line]),
      ...(message.attachments.length > 0 ? [[] satisfies Line] : []),
      ...message.attachments.map((each): Line => [
        ink(
          'dim',
          `[attached: ${each.name === '' ? 'unnamed' : each.name}, ${each.type}, ${each.size} bytes]`,
        ),
      ]),
      ...(message.defects.length > 0 ? [[] satisfies Line] : []),
      ...message.defects.map((defect): Line => [ink('dim', `[defect: ${defect.code} ${defect.detail}]`)]),
    ],
    color,
  );
}
