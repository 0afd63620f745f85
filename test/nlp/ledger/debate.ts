// Makes small debates for the tests of the ledger from letters written as text.
import type { Message } from '../../../model/message.ts';
import type { Debate, ThreadNode } from '../../../model/thread.ts';

export interface Letter {
  readonly id: string;
  /** `Ann Other` makes ann@example.org. */
  readonly from: string;
  readonly body: string;
  /** Id it answers; may name a letter that is absent. */
  readonly to?: string;
}

function addressOf(name: string): string {
  const first = name.split(' ')[0] ?? '';
  return name === '' ? '' : `${first.toLowerCase()}@example.org`;
}

/** A debate of the letters in order, an hour apart from 2021-05-03T10:00Z; absent parents are ghosts of the thread. */
export function debateOf(letters: readonly Letter[]): Debate {
  const messages: Message[] = letters.map((letter, i) => ({
    id: letter.id,
    syntheticId: false,
    provenance: 'mail',
    subject: 'Re: the helpers',
    from: [{ name: letter.from, address: addressOf(letter.from) }],
    to: [],
    cc: [],
    replyTo: [],
    date: '',
    time: 1_620_036_000 + i * 3600,
    inReplyTo: letter.to === undefined ? [] : [letter.to],
    references: [],
    listId: '',
    headers: {},
    body: letter.body,
    attachments: [],
    defects: [],
  }));
  const present = new Set(letters.map((letter) => letter.id));
  const absent = new Set(
    letters.flatMap((letter) => (letter.to !== undefined && !present.has(letter.to) ? [letter.to] : [])),
  );
  const nodes: ThreadNode[] = [
    ...[...absent].map((id): ThreadNode => ({ id, ghost: true, parent: null, link: 'root', children: [] })),
    ...letters.map((letter): ThreadNode => ({
      id: letter.id,
      ghost: false,
      parent: letter.to ?? null,
      link: letter.to === undefined ? 'root' : 'references',
      children: letters.filter((other) => other.to === letter.id).map((other) => other.id),
    })),
  ];
  return { id: letters[0]?.id ?? '', list: 'talk', subject: 'the helpers', threads: [], messages, nodes };
}
