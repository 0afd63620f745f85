// Run as a process of its own: `PATH SIZE N` adds the made archive of SIZE mails to the database at PATH and kills itself, as
// kill -9 does, at its N-th call of the store (0: never). Prints the number of calls.
import { addSource } from '../../pipeline/add.ts';
import { openStore } from '../../store/open.ts';
import { madeArchive, madeSource } from './made-source.ts';
import type { Store } from '../../store/store.ts';

const [path = '', size = '0', killAt = '0'] = process.argv.slice(2);
let calls = 0;

function counted(store: Store): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls += 1;
        if (calls === Number(killAt)) process.kill(process.pid, 'SIGKILL');
        return Reflect.apply(value, target, args);
      };
    },
  });
}

const store = counted(openStore(path));
await addSource(store, madeSource('/made', madeArchive(Number(size))), {
  list: 'made',
  analyze: true,
  version: '0',
});
store.close();
console.log(calls);
