// Speed of the analysis, one thread: ledger, people, roles and report of every debate of the sources, mails held in memory.
// node dist/bench/analysis.js SOURCE...   (mailbox, git bundle, folder: whatever `hum add` takes)
import { buildThreads } from '../ingest/thread/build.ts';
import { assembleDebate, formDebates } from '../ingest/thread/debate.ts';
import type { Message } from '../model/message.ts';
import type { ThreadingRow } from '../model/thread.ts';
import { messagesOf } from '../pipeline/labeled.ts';
import { reportOf } from '../pipeline/report.ts';

const ROUNDS = 2;

const messages = new Map<string, Message>();
for (const spec of process.argv.slice(2)) {
  for (const message of await messagesOf(spec)) messages.set(message.id, message);
}
const rows = new Map<string, ThreadingRow>();
for (const { id, time, subject, from, inReplyTo, references } of messages.values()) {
  const fromName = from[0]?.name ?? '';
  const fromAddress = from[0]?.address ?? '';
  rows.set(id, { id, time, subject, fromName, fromAddress, inReplyTo, references });
}
const drafts = formDebates('bench', buildThreads(rows.values()), rows, (id) => messages.get(id)?.body ?? '');
const debates = drafts.map((draft) =>
  assembleDebate(
    draft,
    draft.messageIds.flatMap((id) => messages.get(id) ?? []),
  ),
);
console.log(`${messages.size} mails in ${debates.length} debates`);

for (let round = 0; round < ROUNDS; round += 1) {
  const cpu = process.cpuUsage();
  for (const debate of debates) reportOf(debate, { version: 'bench' });
  const used = process.cpuUsage(cpu);
  const seconds = (used.user + used.system) / 1e6;
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `ledger and report: ${Math.round(messages.size / seconds)} mails a CPU second, ${memory} MB resident`,
  );
}
