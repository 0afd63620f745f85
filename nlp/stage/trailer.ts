// Trailers the sender speaks now (`Acked-by: me`); those carried along in a patch, or naming others, are not theirs.
import type { Trailer } from '../../model/ledger.ts';
import type { Act, Speaker, Turn } from '../finding.ts';
import { defineStage } from './stage.ts';

/** Trailer keys that are a position; ANNOTATION boundary case 1. */
const VALUE_OF_KEY: Readonly<Record<string, 'SUPPORT' | 'OPPOSE'>> = {
  'acked-by': 'SUPPORT',
  'reviewed-by': 'SUPPORT',
  'nacked-by': 'OPPOSE',
  'nak-by': 'OPPOSE',
  'rejected-by': 'OPPOSE',
};
const ADDRESS = /[^\s<>()"',;]+@[^\s<>()"',;]+/;

export const trailerStage = defineStage({
  name: 'trailer',
  requires: ['turns', 'speakers'],
  assigns: ['trailerActs'],
  run({ turns, speakers }) {
    return { trailerActs: findTrailerActs(turns, speakers) };
  },
});

/** Trailers that are their sender's own position, in order. */
export function findTrailerActs(turns: readonly Turn[], speakers: readonly Speaker[]): Act[] {
  const people = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  return turns.flatMap((turn) => actsOf(turn, people.get(turn.author)));
}

function actsOf(turn: Turn, speaker: Speaker | undefined): Act[] {
  const acts: Act[] = [];
  for (const trailer of turn.entry.trailers) {
    const label = VALUE_OF_KEY[trailer.key.toLowerCase()];
    if (!label || trailer.carried || !isOwn(trailer, turn, speaker)) continue;
    acts.push({
      turn: turn.index,
      start: trailer.span.start,
      end: trailer.span.end,
      label,
      unit: -1,
      strength: label === 'OPPOSE' ? 'strong' : 'normal',
      confidence: 0.97,
      reason: `trailer:${trailer.key.toLowerCase()}`,
    });
  }
  return acts;
}

/** The trailer names the sender: by address, by name, or (short reply without either) by nothing else. */
function isOwn(trailer: Trailer, turn: Turn, speaker: Speaker | undefined): boolean {
  const value = trailer.value.toLowerCase();
  const address = ADDRESS.exec(value)?.[0];
  const sender = turn.message.from[0];
  const addresses = [...(speaker?.addresses ?? []), sender?.address ?? ''].map((known) =>
    known.toLowerCase(),
  );
  if (address && addresses.includes(address)) return true;
  const name = words(value.replace(/[<(].*$/s, ''));
  const own = new Set(words(`${speaker?.name ?? ''} ${sender?.name ?? ''}`));
  return name.length > 0 && name.every((word) => own.has(word));
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
