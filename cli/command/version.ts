import { humVersion } from '../version.ts';
import type { Call } from '../call.ts';

export async function run({ options, terminal }: Call): Promise<'ok'> {
  const version = humVersion();
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify({ hum: version, node: process.versions.node, report: '1.0' })}\n`
      : `hum ${version}\n`,
  );
  return 'ok';
}
