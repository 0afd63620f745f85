// What `FILE|MSGID...` operands mean: files in any readable format without a database, or messages of the database.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { openSource } from '../ingest/source/open.ts';
import { Fault } from '../model/fault.ts';
import type { MessageId } from '../model/message.ts';
import { readMessageId } from '../model/message-id.ts';
import { givenOptions } from '../pipeline/given.ts';
import { readDebate, type OpenDebate } from '../pipeline/read.ts';
import { debatesOfFile } from '../pipeline/report-file.ts';
import type { Store } from '../store/store.ts';
import { visibleLine } from '../views/visible.ts';
import type { Call } from './call.ts';
import { openForReading } from './database.ts';
import { placeText } from './add.ts';
import { givenBy } from './given.ts';
import { cacheFolder } from './folder.ts';
import { humVersion } from './version.ts';

/** A debate and the name its files get. */
export interface NamedDebate extends OpenDebate {
  /** File name without extension: of the file it came from, or of its root Message-ID. */
  readonly stem: string;
  /** Place among the debates of that file, from 1; 0 when it is the only one. */
  readonly place: number;
}

/** URLs that name mail to fetch, not a message. */
const sourceUrl = /^https?:\/\/[^?#]*(?:\.mbox|\.gz|\.git|\.txt)$/i;

function isFile(operand: string): boolean {
  return operand === '-' || sourceUrl.test(operand) || existsSync(operand);
}

/** `thread.mbox.gz` -> `thread`; other names stay whole. */
export function fileStem(path: string): string {
  return path === '-' ? 'stdin' : basename(path).replace(/\.mbox(?:\.gz)?$/i, '');
}

/** Characters that file systems or shells take amiss become `_`; never `.`, `..`, hidden or empty. */
export function idStem(id: MessageId): string {
  return (
    id
      .replace(/[^A-Za-z0-9@.+=-]/g, '_')
      .replace(/^\./, '_')
      .slice(0, 200) || '_'
  );
}

/** @throws Fault usage naming the operand */
export function messageIdOf(operand: string): MessageId {
  const id = readMessageId(operand);
  if (id === undefined) {
    throw new Fault(
      'usage',
      `${JSON.stringify(visibleLine(operand))} is not a Message-ID`,
      'Message-IDs are taken bare, as <id>, id:..., mid:... or as the URL of a message.',
    );
  }
  return id;
}

/** The list to take a message from: the one named, else the first it is on. */
export function listOf(store: Store, id: MessageId, wanted: string | undefined): string {
  const lists = store.listsOf(id);
  const list = wanted === undefined ? lists[0] : lists.find((each) => each === wanted);
  if (list !== undefined) return list;
  throw new Fault(
    'none',
    lists.length === 0
      ? `no file and no message in ${store.path} is called ${visibleLine(id)}`
      : `the message ${visibleLine(id)} is not on ${wanted ?? ''} but on ${lists.join(', ')}`,
    lists.length === 0
      ? 'Look for it with `hum q WORDS`, or add its archive with `hum add`.'
      : 'Leave --list away.',
  );
}

async function* ofFile(call: Call, path: string, seen: { lost: number }): AsyncGenerator<NamedDebate> {
  const { options, terminal, env } = call;
  const one = options.flag('one');
  const stem = fileStem(path);
  const source = await openSource(path, { cacheDir: cacheFolder(env) });
  try {
    const list = options.text('list');
    const debates = debatesOfFile(source, {
      version: humVersion(),
      ...givenOptions(givenBy(call)),
      one,
      ...(one && { threadId: stem }),
      ...(list !== undefined && { list }),
      onDefect: (kind, defect, origin) => {
        const place = placeText(origin, defect);
        if (kind === 'notice') {
          terminal.note(`hum: note: ${place}`);
        } else {
          seen.lost += 1;
          terminal.warn(`hum: not read: ${place}`);
        }
      },
      onRepair: (defect, origin) => {
        if (defect.code !== 'truncated') return;
        seen.lost += 1;
        terminal.warn(`hum: cut short: ${placeText(origin, defect)}`);
      },
    });
    // one behind, to know whether the first is the only one
    let held: NamedDebate | undefined;
    for await (const { debate, ledger, report, variants } of debates) {
      if (call.signal.aborted) return;
      if (held !== undefined) yield { ...held, place: Math.max(1, held.place) };
      held = {
        list: debate.list,
        debate,
        ledger,
        report,
        variants,
        stem,
        place: held === undefined ? 0 : Math.max(1, held.place) + 1,
      };
    }
    if (held !== undefined) yield held;
  } finally {
    await source.close();
  }
}

function ofStore(call: Call, store: Store, operand: string): NamedDebate {
  const id = messageIdOf(operand);
  const list = listOf(store, id, call.options.text('list'));
  const found = readDebate(store, id, list, {
    version: humVersion(),
    ...givenOptions(givenBy(call)),
  });
  if (found === undefined) {
    throw new Fault(
      'none',
      `the message ${visibleLine(id)} is in no debate yet`,
      '`hum sync` forms the debates that an interrupted `hum add` left out.',
    );
  }
  return { ...found, stem: idStem(found.debate.id), place: 0 };
}

/**
 * Runs `each` over the debates of all operands, in order.
 * @returns `rejected` when something in a file could not be read as mail or ends inside one, else `none` when there was no debate
 */
export async function forEachDebate(
  call: Call,
  each: (debate: NamedDebate) => void | Promise<void>,
): Promise<'ok' | 'none' | 'rejected'> {
  const { operands, command, terminal } = call;
  if (operands.length === 0) {
    throw new Fault(
      'usage',
      `${command.name} needs a file or a Message-ID`,
      `See \`hum help ${command.name}\`.`,
    );
  }
  const seen = { lost: 0 };
  let debates = 0;
  let store: Store | undefined;
  try {
    for (const operand of operands) {
      if (call.signal.aborted) break;
      if (isFile(operand)) {
        for await (const debate of ofFile(call, operand, seen)) {
          debates += 1;
          await each(debate);
        }
      } else {
        if (!/[@:<]/.test(operand)) {
          throw new Fault(
            'noInput',
            `there is no file ${visibleLine(operand)}`,
            'Check the path; write id:... for a Message-ID without @.',
          );
        }
        store ??= openForReading(call);
        debates += 1;
        await each(ofStore(call, store, operand));
      }
    }
  } finally {
    store?.close();
  }
  if (debates === 0) terminal.note('hum: no mail found');
  if (seen.lost > 0) return 'rejected';
  return debates === 0 ? 'none' : 'ok';
}
