// Replaces the quotes of a labeled debate by offsets into the decoded bodies, so that the file holds no mail text.
import { type GoldFile, type GoldQuote, quoteDigest } from './gold.ts';
import type { ScoredMail } from './score/view.ts';

interface Slot {
  quote?: GoldQuote;
  occ?: number;
  repliesTo?: GoldQuote;
}

/**
 * A copy of `gold` with every quote as {start, end, sha1} and without addresses, notes and the abstract.
 * A quote that is not found is dropped.
 */
export function freezeGold(gold: GoldFile, mail: ScoredMail): GoldFile {
  const copy: Record<string, unknown> = structuredClone({ ...gold });
  delete copy['abstract'];
  delete copy['annotator'];
  copy['participants'] = gold.participants.map(({ id, name, role, quotedOnly }) => ({
    id,
    name,
    role,
    ...(quotedOnly ? { quotedOnly } : {}),
  }));
  const freeze = (slot: Slot, key: 'quote' | 'repliesTo', id: string, quoted: boolean): void => {
    const quote = slot[key];
    if (typeof quote !== 'string') return;
    const span = mail.span(id, quote, key === 'quote' ? (slot.occ ?? 1) : 1, quoted);
    delete slot[key];
    if (key === 'quote') delete slot.occ;
    const body = mail.byId.get(id)?.body ?? '';
    if (span) slot[key] = { start: span[0], end: span[1], sha1: quoteDigest(body.slice(...span)) };
  };
  const result = copy as unknown as GoldFile;
  for (const segment of result.segments) {
    freeze(segment as Slot, 'quote', segment.msg, false);
    freeze(segment as Slot, 'repliesTo', segment.msg, true);
    for (const answer of segment.answeredBy ?? []) freeze(answer as Slot, 'quote', answer.msg, false);
  }
  for (const stance of result.stances) {
    for (const via of stance.via ?? []) freeze(via as Slot, 'quote', via.msg, true);
  }
  for (const key of result.keySentences) freeze(key as Slot, 'quote', key.msg, false);
  return result;
}
