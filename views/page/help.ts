// Help: what the signs mean, how search works, what the pages of a debate are.
import { html } from '../html.ts';
import { questionWord, recoveredSign, stanceWord, yieldedSign } from '../word.ts';
import { signed } from '../fragment/sign.ts';
import { layout, type Site } from './layout.ts';

export function helpPage(site: Site): string {
  const main = html`<h1>Help</h1>
<section><h2>Signs</h2>
<ul class="plain">
${Object.values(stanceWord).map((word) => html`<li>${signed(word)}</li>`)}
<li>${yieldedSign} yielded: kept the opinion, let the others go ahead</li>
<li>${signed(questionWord.open)} question; ${signed(questionWord.answered)} question</li>
<li><span class="decision">§</span> decision: a solid rule when somebody stated it, a dashed one when it is <em>inferred</em> from what followed</li>
<li><span class="recovered">${recoveredSign} recovered</span>: a message that is not in the archive, rebuilt from what others quoted of it</li>
</ul></section>
<section><h2>A debate</h2>
<p>The first screen says what it is about and where they stand. Only what is clear counts as a position: <code>·</code> is a reading too weak to show as one. Each sign opens the sentences behind it, oldest first. On a scale, people stand at the pole they speak for, or nearer to the middle when they set conditions, spoke weakly or yielded. In the conversation the margin says what a sentence was taken for; that note is also its permalink.</p></section>
<section><h2>Keys</h2>
<p><code>j</code> <code>k</code> next and previous message, <code>n</code> <code>p</code> next and previous marked sentence, <code>o</code> open, <code>e</code> positions in their words, <code>t</code> conversation or collated, <code>u</code> up to where they stand, <code>y</code> copy the permalink, <code>/</code> search, <code>?</code> list them and turn them off. They need JavaScript; nothing else does.</p></section>
<section><h2>Searching</h2>
<p>All words must occur, in the subject, the text, the quotes or the names. <code>"two words"</code> in quotation marks is a phrase; <code>reg*</code> finds words that begin so. Upper and lower case and accents make no difference.</p></section>
<section><h2>Addresses</h2>
<p><code>/LIST/MESSAGE-ID/</code> is a message, with <code>raw</code>, <code>t/</code> (threaded), <code>T/</code> (by date) and <code>t.mbox.gz</code> below it as on public-inbox. <code>positions</code>, <code>decisions</code>, <code>questions</code> and <code>collated</code> show the debate the message belongs to; add <code>.json</code> for the data.</p></section>
<section><h2>What is behind it</h2>
<p>Every statement is a quote from a message, linked to its place. Positions, questions and decisions are found by rules and statistics from people's own words; quoted words never count for the quoter. They can be wrong: read the quote. People are never counted into a consensus.</p></section>`;
  return layout({ site, title: 'Help', main });
}
