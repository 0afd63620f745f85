// Search over subjects, people, own and quoted text: plain words and phrases, best first.
import { cutSnippet, matchExpression, parseTerms } from './snippet.ts';
import type { Connection } from './connection.ts';
import type { ListTable } from './list-table.ts';
import type { MessageTable } from './message-table.ts';
import type { SearchHit, SearchOptions } from './store.ts';

export interface SearchIndex {
  search(
    query: string,
    options: SearchOptions,
  ): { readonly total: number; readonly hits: readonly SearchHit[] };
}

interface HitRow {
  readonly row: number;
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly address: string;
  readonly time: number;
}

const where = `search MATCH @match
  AND EXISTS (SELECT 1 FROM posting p WHERE p.message = m.id AND p.shown = 1 AND (@list IS NULL OR p.list = @list))
  AND (@since IS NULL OR m.time >= @since) AND (@until IS NULL OR m.time < @until)`;

export function searchIndex(db: Connection, lists: ListTable, messages: MessageTable): SearchIndex {
  const count = db
    .prepare<[object], number>(
      `SELECT count(*) FROM search JOIN message m ON m.id = search.rowid WHERE ${where}`,
    )
    .pluck();
  const page = db.prepare<[object], HitRow>(
    `SELECT m.id AS row, i.name AS id, m.subject, m.from_name AS name, m.from_address AS address, m.time
     FROM search JOIN message m ON m.id = search.rowid JOIN message_id i ON i.id = m.message_id WHERE ${where}
     ORDER BY search.rank, m.time DESC, i.name LIMIT @limit OFFSET @offset`,
  );
  const placeOf = db.prepare<[object], { list: string; debate: string | null }>(
    `SELECT l.name AS list, d.root AS debate FROM posting p JOIN list l ON l.id = p.list
       LEFT JOIN debate d ON d.id = p.debate
     WHERE p.message = @row AND (@list IS NULL OR p.list = @list) ORDER BY p.shown DESC, l.name LIMIT 1`,
  );

  return {
    search(query, { list: listName, since, until, limit, offset }) {
      const terms = parseTerms(query);
      const list = listName === undefined ? null : lists.idOf(listName);
      if (terms.length === 0 || list === undefined) return { total: 0, hits: [] };
      const given = { match: matchExpression(terms), list, since: since ?? null, until: until ?? null };
      const hits = page.all({ ...given, limit, offset }).map((row): SearchHit => {
        const place = placeOf.get({ row: row.row, list });
        const { text, marks } = cutSnippet(messages.messageAt(row.row)?.body ?? '', terms);
        return {
          id: row.id,
          list: place?.list ?? '',
          debate: place?.debate ?? null,
          subject: row.subject,
          from: row.name === '' ? row.address : row.name,
          time: row.time,
          snippet: text,
          marks,
        };
      });
      return { total: count.get(given) ?? 0, hits };
    },
  };
}
