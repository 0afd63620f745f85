import type { Call } from '../call.ts';
import { openForReading } from '../database.ts';
import { defaultPort, serveStore } from '../serving.ts';

export async function run(call: Call): Promise<'interrupted'> {
  const { options } = call;
  const store = openForReading(call);
  try {
    const allowed = options.text('allow-host');
    return await serveStore(call, store, {
      host: options.text('host') ?? '127.0.0.1',
      port: options.count('port') ?? defaultPort,
      orNext: false,
      allowHosts: allowed === undefined ? [] : allowed.split(','),
    });
  } finally {
    store.close();
  }
}
