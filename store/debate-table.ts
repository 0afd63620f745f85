// Debates of a list: their form, their report, and the columns that lists of debates are sorted and filtered by.
import type Database from 'better-sqlite3';
import { packJson, unpackJson } from './pack.ts';
import type { Connection } from './connection.ts';
import type { IdTable } from './id-table.ts';
import type { ListTable } from './list-table.ts';
import type { MessageTable } from './message-table.ts';
import type { Message, MessageId } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import { leadOf, type Lead } from '../model/side.ts';
import type { Debate, DebateDraft } from '../model/thread.ts';
import type { DebateRow, DebateState } from './store.ts';

export interface DebateTable {
  put(list: string, debates: Iterable<{ readonly draft: DebateDraft; readonly contentKey: string }>): void;
  contentHashes(list: string): ReadonlyMap<MessageId, string>;
  states(list: string): readonly DebateState[];
  appliers(list: string, debateId?: MessageId): ReadonlyMap<MessageId, readonly string[]>;
  putReport(list: string, debateId: MessageId, reportKey: string, report: Report): void;
  putFailure(list: string, debateId: MessageId, reportKey: string, failure: string): void;
  page(options: {
    readonly list?: string;
    readonly status?: string;
    readonly open?: boolean;
    readonly decided?: boolean;
    readonly limit: number;
    readonly offset: number;
  }): { readonly total: number; readonly rows: readonly DebateRow[] };
  of(id: MessageId, list?: string): DebateRow | undefined;
  debate(id: MessageId, list: string): Debate | undefined;
  report(id: MessageId, list: string): Report | undefined;
  messages(id: MessageId, list: string): readonly Message[];
  key(id: MessageId, list: string): string | undefined;
}

type Statement<Result> = Database.Statement<[object], Result>;

interface Stored {
  readonly id: number;
  readonly root: string;
  readonly contentKey: string;
}

type StoredRow = Omit<DebateRow, 'lead'> & { readonly lead: string | null };

function rowOf({ lead, ...row }: StoredRow): DebateRow {
  const parsed: Lead | null = lead === null ? null : JSON.parse(lead);
  return { ...row, lead: parsed };
}

const columns = `d.root AS id, l.name AS list, d.subject, d.messages, d.people, d.first_time AS firstTime,
  d.last_time AS lastTime, d.status, d.basis, d.open_questions AS openQuestions, d.decisions, d.versions, d.temperature,
  d.lead, d.failure`;

const filter = `(@status IS NULL OR d.status = @status) AND (@open = 0 OR d.open_questions > 0)
  AND (@decided = 0 OR d.decisions > 0)`;

export function debateTable(
  db: Connection,
  lists: ListTable,
  ids: IdTable,
  messages: MessageTable,
): DebateTable {
  const stored = db.prepare<[number], Stored>(
    'SELECT id, root, content_key AS contentKey FROM debate WHERE list = ?',
  );
  const insert = db.prepare(
    `INSERT INTO debate (list, root, subject, content_key, report_key, messages, people, first_time, last_time,
       open_questions, decisions, versions) VALUES (?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 1)`,
  );
  const insertText = db.prepare('INSERT INTO debate_text (debate, shape) VALUES (?, ?)');
  const update = db.prepare('UPDATE debate SET subject = ?, content_key = ? WHERE id = ?');
  const updateShape = db.prepare('UPDATE debate_text SET shape = ? WHERE debate = ?');
  const remove = db.prepare('DELETE FROM debate WHERE id = ?');
  const detach = db.prepare('UPDATE posting SET debate = NULL WHERE debate = ?');
  const attach = db.prepare(
    `UPDATE posting SET debate = @debate WHERE list = @list AND debate IS NOT @debate
       AND message IN (SELECT id FROM message WHERE message_id = @id)`,
  );
  const measure = db.prepare(
    `UPDATE debate SET (messages, people, first_time, last_time) = (
       SELECT count(*), count(DISTINCT lower(CASE m.from_address WHEN '' THEN m.from_name ELSE m.from_address END)),
         min(m.time), max(m.time)
       FROM posting p JOIN message m ON m.id = p.message WHERE p.debate = debate.id AND p.shown = 1)
     WHERE id = ?`,
  );
  const hashes = db.prepare<[number], { id: string; hash: string }>(
    `SELECT i.name AS id, lower(hex(m.content_hash)) AS hash FROM posting p JOIN message m ON m.id = p.message
       JOIN message_id i ON i.id = m.message_id
     WHERE p.list = ? AND p.shown = 1`,
  );
  const allStates = db.prepare<[number], DebateState>(
    `SELECT root AS id, content_key AS contentKey, report_key AS reportKey FROM debate
     WHERE list = ? ORDER BY last_time DESC, root`,
  );
  // Once may be a word taken wrongly; twice is a habit.
  const applying = db.prepare<[object], { id: string; address: string }>(
    `WITH often AS (
       SELECT a.address FROM applier a JOIN posting p ON p.message = a.message AND p.list = @list AND p.shown = 1
       GROUP BY a.address HAVING count(*) > 1)
     SELECT DISTINCT d.root AS id, o.address FROM often o JOIN message m ON lower(m.from_address) = o.address
       JOIN posting p ON p.message = m.id AND p.list = @list AND p.shown = 1 JOIN debate d ON d.id = p.debate
     WHERE @root IS NULL OR d.root = @root ORDER BY d.root, o.address`,
  );
  const find = db
    .prepare<[number, string], number>('SELECT id FROM debate WHERE list = ? AND root = ?')
    .pluck();
  const keyOf = db
    .prepare<[number, string], string>(
      `SELECT content_key || ' ' || report_key FROM debate WHERE list = ? AND root = ?`,
    )
    .pluck();
  const setReport = db.prepare(
    `UPDATE debate SET report_key = @key, people = @people, status = @status, basis = @basis,
       open_questions = @openQuestions, decisions = @decisions, versions = @versions, temperature = @temperature,
       lead = @lead, failure = NULL
     WHERE id = @id`,
  );
  const setFailure = db.prepare('UPDATE debate SET report_key = ?, failure = ? WHERE id = ?');
  const setReportText = db.prepare('UPDATE debate_text SET report = ? WHERE debate = ?');
  const pageOf = (where: string): { count: Statement<number>; rows: Statement<StoredRow> } => ({
    count: db.prepare<[object], number>(`SELECT count(*) FROM debate d WHERE ${where}`).pluck(),
    rows: db.prepare<[object], StoredRow>(
      `SELECT ${columns} FROM debate d CROSS JOIN list l ON l.id = d.list WHERE ${where}
       ORDER BY d.last_time DESC, d.root LIMIT @limit OFFSET @offset`,
    ),
  });
  // Apart, so that each walks its own index in order of time.
  const pageOfAll = pageOf(filter);
  const pageOfList = pageOf(`d.list = @list AND ${filter}`);
  const ofMessage = db.prepare<[number, string | null, string | null], StoredRow>(
    `SELECT ${columns} FROM message m JOIN posting p ON p.message = m.id JOIN debate d ON d.id = p.debate
       JOIN list l ON l.id = d.list
     WHERE m.message_id = ? AND (? IS NULL OR l.name = ?) ORDER BY d.messages DESC, l.name LIMIT 1`,
  );
  const text = db.prepare<[number], { shape: Buffer; report: Buffer | null }>(
    'SELECT shape, report FROM debate_text WHERE debate = ?',
  );

  function put(
    name: string,
    debates: Iterable<{ readonly draft: DebateDraft; readonly contentKey: string }>,
  ): void {
    const list = lists.idFor(name);
    const before = new Map(stored.all(list).map((row) => [row.root, row]));
    for (const { draft, contentKey } of debates) {
      const old = before.get(draft.id);
      before.delete(draft.id);
      if (old?.contentKey === contentKey) continue;
      let debate = old?.id;
      if (debate === undefined) {
        debate = Number(insert.run(list, draft.id, draft.subject, contentKey).lastInsertRowid);
        insertText.run(debate, packJson(draft));
      } else {
        update.run(draft.subject, contentKey, debate);
        updateShape.run(packJson(draft), debate);
        detach.run(debate);
      }
      for (const id of draft.messageIds) attach.run({ list, debate, id: ids.numberFor(id) });
      measure.run(debate);
    }
    for (const gone of before.values()) remove.run(gone.id);
  }

  function row(id: MessageId, name: string): number | undefined {
    const list = lists.idOf(name);
    return list === undefined ? undefined : find.get(list, id);
  }

  function shapeOf(id: MessageId, name: string): DebateDraft | undefined {
    const debate = row(id, name);
    const found = debate === undefined ? undefined : text.get(debate);
    return found === undefined ? undefined : unpackJson<DebateDraft>(found.shape);
  }

  function messagesOf(ids: readonly MessageId[], name: string): Message[] {
    return ids.flatMap((messageId) => {
      const message = messages.message(messageId, name);
      return message === undefined ? [] : [message];
    });
  }

  return {
    put,
    contentHashes(name) {
      const list = lists.idOf(name);
      return new Map(list === undefined ? [] : hashes.all(list).map(({ id, hash }) => [id, hash]));
    },
    states(name) {
      const list = lists.idOf(name);
      return list === undefined ? [] : allStates.all(list);
    },
    appliers(name, debateId) {
      const list = lists.idOf(name);
      const found = new Map<MessageId, string[]>();
      if (list === undefined) return found;
      for (const { id, address } of applying.all({ list, root: debateId ?? null })) {
        const known = found.get(id);
        if (known === undefined) found.set(id, [address]);
        else known.push(address);
      }
      return found;
    },
    putReport(name, id, key, report) {
      const debate = row(id, name);
      if (debate === undefined) return;
      const lead = leadOf(report);
      const versions = Math.max(1, ...report.proposals.map((proposal) => proposal.versions?.length ?? 1));
      setReport.run({
        id: debate,
        key,
        people: report.participants.filter((person) => person.quotedOnly !== true).length,
        status: report.status.value,
        basis: report.status.basis ?? 'inferred',
        openQuestions: report.questions.filter((question) => question.status === 'open').length,
        decisions: report.decisions.length,
        versions,
        temperature: report.temperature?.value ?? null,
        lead: lead === undefined ? null : JSON.stringify(lead),
      });
      setReportText.run(packJson(report), debate);
    },
    putFailure(name, id, key, failure) {
      const debate = row(id, name);
      if (debate === undefined) return;
      setFailure.run(key, failure, debate);
      // What an earlier content said must not stand for this one.
      setReportText.run(null, debate);
    },
    page({ list: name, status, open, decided, limit, offset }) {
      const list = name === undefined ? null : lists.idOf(name);
      if (list === undefined) return { total: 0, rows: [] };
      const { count, rows } = list === null ? pageOfAll : pageOfList;
      const where = {
        ...(list !== null && { list }),
        status: status ?? null,
        open: open === true ? 1 : 0,
        decided: decided === true ? 1 : 0,
      };
      return { total: count.get(where) ?? 0, rows: rows.all({ ...where, limit, offset }).map(rowOf) };
    },
    of(messageId, list) {
      const id = ids.numberOf(messageId);
      const found = id === undefined ? undefined : ofMessage.get(id, list ?? null, list ?? null);
      return found === undefined ? undefined : rowOf(found);
    },
    debate(id, name) {
      const shape = shapeOf(id, name);
      if (shape === undefined) return undefined;
      const { messageIds, ...rest } = shape;
      return { ...rest, messages: messagesOf(messageIds, name) };
    },
    report(id, name) {
      const debate = row(id, name);
      const report = debate === undefined ? null : (text.get(debate)?.report ?? null);
      return report === null ? undefined : unpackJson<Report>(report);
    },
    messages: (id, name) => messagesOf(shapeOf(id, name)?.messageIds ?? [], name),
    key(id, name) {
      const list = lists.idOf(name);
      return list === undefined ? undefined : keyOf.get(list, id);
    },
  };
}
