// Labeled debates joined with their mail: what training and evaluation start from.
// Labels come from a folder of gold files, mail from a folder of mboxes; both stand outside the package.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPeople } from '../ingest/identity/people.ts';
import { parseMessage } from '../ingest/mime/parse.ts';
import { openSource } from '../ingest/source/open.ts';
import { debateOfMessages } from '../ingest/thread/debate.ts';
import { Fault } from '../model/fault.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Message } from '../model/message.ts';
import type { Debate } from '../model/thread.ts';
import type { AnalysisContext } from '../nlp/context.ts';
import { buildLedger } from '../nlp/ledger/build.ts';
import { leadingRoles } from '../nlp/role/role.ts';
import { type GoldFile, readGold } from '../nlp/train/gold.ts';
import { parseMadeDebate } from '../nlp/train/made-debate.ts';
import type { Task } from '../nlp/train/score/baseline.ts';
import { ScoredMail, viewOfGold } from '../nlp/train/score/view.ts';

export interface LabeledDebate extends Task {
  readonly gold: GoldFile;
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly context: AnalysisContext;
}

/** All mails of a file in source order, each Message-ID once. */
export async function messagesOf(path: string): Promise<Message[]> {
  const source = await openSource(path);
  const messages = new Map<string, Message>();
  try {
    for await (const event of source.read(new Map())) {
      if (event.kind !== 'mail') continue;
      const message = await parseMessage(event.bytes, {
        provenance: event.provenance,
        defects: event.defects,
      });
      if (!messages.has(message.id)) messages.set(message.id, message);
    }
  } finally {
    await source.close();
  }
  return [...messages.values()];
}

/**
 * Debates of `goldFolder` with the mbox `<threadId>.mbox` of `mailFolder`, by thread id.
 * Throws a Fault when a folder is missing or empty, since scores over nothing would look perfect.
 */
export async function readLabeled(goldFolder: string, mailFolder: string): Promise<LabeledDebate[]> {
  const labeled: LabeledDebate[] = [];
  for (const gold of readGold(goldFolder)) {
    const path = join(mailFolder, `${gold.threadId}.mbox`);
    if (!existsSync(path)) {
      throw new Fault(
        'noInput',
        `${path}: no such file`,
        'give the folder that holds the mboxes of the labeled debates',
      );
    }
    const messages = await messagesOf(path);
    labeled.push(joinLabels(gold, messages));
  }
  if (labeled.length === 0) {
    throw new Fault(
      'noInput',
      `${goldFolder}: no labeled debate there`,
      'give a folder of gold files (*.json)',
    );
  }
  return labeled;
}

/** One debate with its labels and all that analysis needs. */
export function joinLabels(gold: GoldFile, messages: readonly Message[]): LabeledDebate {
  const debate = debateOfMessages(gold.list, messages);
  const ledger = buildLedger(debate);
  const parents = new Map(
    debate.nodes.flatMap((n) => (n.parent === null ? [] : [[n.id, n.parent] as const])),
  );
  const mail = new ScoredMail(ledger, parents);
  const people = buildPeople(debate.messages, {
    quoted: ledger.ghosts.map(({ authorName, authorAddress }) => ({
      name: authorName,
      address: authorAddress,
    })),
  });
  const context = {
    people,
    roles: leadingRoles(debate, ledger, people),
    version: 'evaluate',
    threadId: gold.threadId,
  };
  return { gold, debate, ledger, context, mail, view: viewOfGold(gold, mail) };
}

/** Made-up labeled debates (`*.txt` of the folder, by name); for training only. [] when the folder is absent. */
export function readMadeDebates(folder: string): LabeledDebate[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .toSorted()
    .map((name) => {
      const { gold, messages } = parseMadeDebate(name.slice(0, -4), readFileSync(join(folder, name), 'utf8'));
      return joinLabels(gold, messages);
    });
}
