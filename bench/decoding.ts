// Decoding speed, one thread: our fast way and mailparser on the same mails, held in memory.
// node dist/bench/decoding.js FILE...   (mailbox, git bundle, folder: whatever `hum add` takes)
import { parseMessage, parseMessageSlow } from '../ingest/mime/parse.ts';
import { openSource } from '../ingest/source/open.ts';

const ROUNDS = 3;

const mails: Buffer[] = [];
for (const spec of process.argv.slice(2)) {
  const source = await openSource(spec);
  for await (const event of source.read(new Map())) if (event.kind === 'mail') mails.push(event.bytes);
  await source.close();
}
const bytes = mails.reduce((sum, mail) => sum + mail.length, 0);
console.log(`${mails.length} mails, ${(bytes / 1e6).toFixed(1)} MB`);

async function measure(name: string, parse: (raw: Buffer) => unknown): Promise<void> {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  for (const mail of mails) {
    const message = parse(mail);
    if (message instanceof Promise) await message;
  }
  const used = process.cpuUsage(cpu);
  const seconds = (used.user + used.system) / 1e6;
  const elapsed = (performance.now() - wall) / 1e3;
  const rate = (per: number): string =>
    `${Math.round(mails.length / per)} mails/s, ${(bytes / 1e6 / per).toFixed(0)} MB/s`;
  console.log(`${name.padEnd(10)} ${rate(elapsed)} (wall); ${rate(seconds)} (CPU)`);
}

for (let round = 0; round < ROUNDS; round += 1) await measure('fast', parseMessage);
await measure('mailparser', parseMessageSlow);
