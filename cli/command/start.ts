import { addAll } from '../add.ts';
import type { Call } from '../call.ts';
import { openForWriting } from '../database.ts';
import { openSample, sampleFiles } from '../sample.ts';
import { defaultPort, serveStore } from '../serving.ts';

export async function run(call: Call): Promise<'interrupted'> {
  const { operands, options, env } = call;
  const own = operands.length > 0;
  const store = own ? openForWriting(call) : openSample(env);
  try {
    const { interrupted } = await addAll(call, store, own ? operands : sampleFiles());
    if (interrupted) return 'interrupted';
    return await serveStore(call, store, {
      host: '127.0.0.1',
      port: options.count('port') ?? defaultPort,
      orNext: true,
      allowHosts: [],
    });
  } finally {
    store.close();
  }
}
