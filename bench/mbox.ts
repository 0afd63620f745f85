// Rate of reading an mbox, without decoding: `node dist/bench/mbox.js FILE...`
import { openSource } from '../ingest/source/open.ts';

for (const path of process.argv.slice(2)) {
  const source = await openSource(path);
  const began = process.hrtime.bigint();
  const before = process.cpuUsage();
  let mails = 0;
  let bytes = 0;
  for await (const event of source.read(new Map())) {
    if (event.kind !== 'mail') continue;
    mails++;
    bytes += event.bytes.length;
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const used = process.cpuUsage(before);
  const processor = (used.user + used.system) / 1e6;
  const megabytes = bytes / 1e6;
  console.log(
    `${path}: ${mails} mails, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ` +
      `${processor.toFixed(2)} s of processor time (${(megabytes / processor).toFixed(0)} MB/s), ` +
      `at most ${(process.resourceUsage().maxRSS / 1000).toFixed(0)} MB resident`,
  );
}
