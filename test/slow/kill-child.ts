// Run as a process of its own by kill.test.ts: adds the git archive at the second argument to the database at the first.
import { openGit } from '../../ingest/source/git.ts';
import { addSource } from '../../pipeline/add.ts';
import { openStore } from '../../store/open.ts';

const [path = '', repo = ''] = process.argv.slice(2);
const store = openStore(path);
const source = await openGit(repo);
await addSource(store, source, { list: 'made', analyze: true, version: '0' });
await source.close();
store.close();
