// A source made of given events, with a cursor after each; and a small made archive of debates.
import { mail } from '../ingest/source/made-git.ts';
import type { Source, SourceEvent } from '../../model/source.ts';

export type MadeEvent =
  | readonly ['m' | 'd', string]
  /** Something that is no mail. */
  | readonly ['reject' | 'notice', string]
  /** Its history was rewritten: what follows is all it holds, with a cursor at the end only. */
  | readonly ['restart', string]
  /** The source throws here. */
  | readonly ['throw', Error];

/** Reads `events`; the cursor is the number of events before it. */
export function madeSource(name: string, events: readonly MadeEvent[]): Source {
  return {
    kind: 'mbox',
    name,
    listHint: 'made',
    total: events.length,
    async *read(cursors) {
      let rewritten = false;
      const start = Number(cursors.get('0') ?? '0');
      for (let at = start; at < events.length; at += 1) {
        const [kind, value] = events[at] ?? ['notice', ''];
        const origin = { source: `${name}#0`, at };
        if (kind === 'throw') throw value;
        if (kind === 'restart') {
          rewritten = true;
          yield { kind, part: '0', origin: origin.source };
          continue;
        }
        if (kind === 'reject' || kind === 'notice') {
          yield { kind, origin, defect: { code: 'made', detail: String(value) } };
        } else {
          const bytes = Buffer.from(String(value));
          const event: SourceEvent =
            kind === 'm'
              ? { kind: 'mail', bytes, origin, provenance: 'mail', defects: [] }
              : { kind: 'delete', bytes, origin };
          yield event;
        }
        if (!rewritten || at === events.length - 1)
          yield { kind: 'cursor', part: '0', cursor: String(at + 1) };
      }
    },
    close: () => Promise.resolve(),
  };
}

/**
 * An archive of `size` mails: threads of up to nine, every seventh mail answers one that is not there, every eleventh is
 * there twice, every thirteenth is removed again later. Same size, same archive.
 */
export function madeArchive(size: number): MadeEvent[] {
  const events: MadeEvent[] = [];
  const later: MadeEvent[] = [];
  for (let index = 0; index < size; index += 1) {
    const root = index - (index % 9);
    const name = `m${index}`;
    const reply =
      index % 7 === 0
        ? `absent${index}`
        : index === root
          ? undefined
          : `m${root + ((index * 5) % (index - root))}`;
    const text = mail(name, {
      ...(reply === undefined ? {} : { reply }),
      headers: `X-Number: ${index}\n`,
      body:
        index === root
          ? `I propose to drop feature ${root}.\nDo we need it at all?\n`
          : `On Monday Ann Example wrote:\n> I propose to drop feature ${root}.\n\nI don't think so, number ${index} needs it.\n`,
    }).replace(
      'Mon, 14 Sep 2020 10:00',
      `Mon, 14 Sep 2020 ${String(index % 24).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`,
    );
    events.push(['m', text]);
    if (index % 11 === 0) events.push(['m', `Received: by other\n${text}`]);
    if (index % 13 === 5) later.push(['d', text]);
    if (later.length > 3) events.push(...later.splice(0, 2));
  }
  return [...events, ...later];
}
