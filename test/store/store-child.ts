// Run as a process of its own by open.test.ts: `fill PATH` stores until it fails, `hold PATH` keeps the writer's lock.
import { Fault } from '../../model/fault.ts';
import { openStore } from '../../store/open.ts';
import { added, message } from './made.ts';

const [command, path = ''] = process.argv.slice(2);

if (command === 'fill') {
  let stored = 0;
  try {
    const store = openStore(path);
    const unlock = store.lockWriter();
    try {
      for (let batch = 0; batch < 1_000; batch += 1) {
        store.transaction(() => {
          for (let index = 0; index < 50; index += 1) {
            const body = Array.from({ length: 200 }, (_, word) =>
              (batch * 7919 + index * 104_729 + word * 31).toString(36),
            );
            store.addMessage('l', added(message(`m${batch}-${index}`, { body: `${body.join(' ')}\n` })));
          }
        });
        stored += 50;
      }
    } finally {
      // As adding does: on a full disk this must not hide what happened.
      unlock();
    }
    console.log(`stored ${stored}\nnever full`);
  } catch (error) {
    const told =
      error instanceof Fault ? `fault ${error.exit} ${error.message}` : `not a fault: ${String(error)}`;
    console.log(`stored ${stored}\n${told}`);
    process.exitCode = 1;
  }
} else if (command === 'hold') {
  openStore(path).lockWriter();
  console.log('held');
  setInterval(() => undefined, 1_000);
}
