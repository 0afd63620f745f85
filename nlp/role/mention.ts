// What others say of a person: "Ann, the docs maintainer", "the maintainers are Ann and Ben", "Ann, could you take this?".
// Only people of the debate are looked for, by full name, or by a first name that one of them alone has.
import type { Ledger } from '../../model/ledger.ts';
import type { MessageId } from '../../model/message.ts';
import type { People, Person } from '../../model/person.ts';

export interface Mention {
  readonly person: Person;
  readonly kind: 'named' | 'asked';
  readonly messageId: MessageId;
  readonly quote: string;
}

const SPACE = /\s+/gu;
const WORTH_READING = /maintainer|\b(?:take|pick|apply|merge|queue|ack|acked|applying)\b/iu;
const LONGEST = 500;
/** `Ann Lee`: put between these, with `{name}` for the name, and the sentence read as a whole. */
const NAMED = [
  '\\b{name},? (?:-+ |\\()?(?:who )?(?:is |are |as |being )?(?:the |a |an |our |your |their )?(?:\\S+ ){0,2}(?:co-?)?maintainers?\\b',
  '\\bmaintainers? ?(?:of \\S+ (?:\\S+ )?)?(?:is|are|:|,|\\(|like|namely|such as|here is|here are|\\(i\\.e\\.) ?(?:\\S+(?:,| and| or|/) ){0,2}{name}\\b',
];
const ASKED = [
  '^(?:(?:hi|hello|dear|so|and|ok|but|@) ?)?(?:\\S+(?:,| and|/|:) ){0,2}@?{name}(?:, | - |: |\\. |\\? |; | and | / | & )(?:\\S+[,:?]? ){0,6}(?:can|could|would|will|do|are|if|is it|please|should|may|what|any)\\b(?:.{0,80}?)\\b(?:take|pick|apply|merge|queue|ack|route|pull)\\b',
  '\\b(?:ack|acks|acked-by|blessing|approval|go-ahead) (?:\\S+ )?(?:from|by) (?:\\S+(?:,| and| or|/) ){0,2}{name}\\b',
  '\\b{name} (?:to |can |could |will |would |should |might |may |is going to |will probably )(?:\\S+ )?(?:take|pick|apply|merge|queue|pull|route)\\b',
  "\\bif {name} takes\\b|\\bby {name} when applying\\b|\\b(?:via|through|in|into|to|from|against) {name}(?:'s|s'?) (?:\\S+ ){0,2}(?:tree|branch|-?next)\\b",
];
const REGEXP_SPECIAL = /[.*+?^${}()|[\]\\]/gu;

interface Watched {
  readonly person: Person;
  readonly names: readonly string[];
  readonly named: readonly RegExp[];
  readonly asked: readonly RegExp[];
}

function patterns(sources: readonly string[], names: readonly string[]): RegExp[] {
  const name = `(?:${names.map((one) => one.replace(REGEXP_SPECIAL, '\\$&')).join('|')})`;
  return sources.map((source) => new RegExp(source.replaceAll('{name}', name), 'iu'));
}

/** Full names, and first names nobody else in the debate has. */
function watch(people: People): Watched[] {
  const holders = new Map<string, number>();
  for (const person of people.all) {
    for (const first of new Set(person.names.map(firstName)))
      holders.set(first, (holders.get(first) ?? 0) + 1);
  }
  return people.all
    .map((person) => {
      const names = new Set<string>();
      for (const name of [person.name, ...person.names]) {
        if (name.includes(' ') && name.length < 60) names.add(name);
        const first = firstName(name);
        if (first.length >= 3 && holders.get(first) === 1 && name.toLowerCase().startsWith(first))
          names.add(name.slice(0, first.length));
      }
      return { person, names: [...names] };
    })
    .filter(({ names }) => names.length > 0)
    .map(({ person, names }) => ({
      person,
      names,
      named: patterns(NAMED, names),
      asked: patterns(ASKED, names),
    }));
}

function firstName(name: string): string {
  return name.split(/[\s,(]/u)[0]?.toLowerCase() ?? '';
}

/** Mentions of the debate's people as maintainers by others, in order of messages and sentences. */
export function* mentionsOf(ledger: Ledger, people: People): Generator<Mention> {
  let watched: Watched[] | undefined;
  for (const { message, sentences } of ledger.entries) {
    const from = message.from[0];
    const sender = from === undefined ? undefined : people.personOf(from);
    for (const { start, end } of sentences) {
      const quote = message.body.slice(start, Math.min(end, start + LONGEST));
      if (!WORTH_READING.test(quote)) continue;
      const text = quote.replace(SPACE, ' ').trim();
      const lower = text.toLowerCase();
      watched ??= watch(people);
      for (const { person, names, named, asked } of watched) {
        if (person === sender || !names.some((name) => lower.includes(name.toLowerCase()))) continue;
        const kind = named.some((pattern) => pattern.test(text))
          ? 'named'
          : asked.some((pattern) => pattern.test(text))
            ? 'asked'
            : '';
        if (kind !== '') yield { person, kind, messageId: message.id, quote };
      }
    }
  }
}
