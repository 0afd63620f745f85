// What stands behind the pages: how it is found, how good it is in numbers, what it cannot do, how to report an error.
import { prose } from '../fragment/prose.ts';
import { counted, html } from '../html.ts';
import { layout, type Site } from './layout.ts';

export interface AboutInput {
  /** docs/quality.md; undefined when it was not installed. */
  readonly quality: string | undefined;
  readonly counts: {
    readonly messages: number;
    readonly lists: number;
    readonly debates: number;
    readonly defects: number;
    readonly rejects: number;
  };
}

export function aboutPage(site: Site, { quality, counts }: AboutInput): string {
  const main = html`<h1>About these pages</h1>
    <div class="prose-page">
      <p>
        Hum reads mailing-list debates and shows where the room stands: what is proposed, who holds which position, what
        was decided, what is still open. Every statement is a quote from a message.
      </p>
      <h2>How it is found</h2>
      <p>
        Each message is divided into the sender's own words, quotes, patches and signatures; a quote is traced to the
        message it came from, and counts for nobody but its author. Rules and statistical models trained on labeled
        debates then tell proposals, positions, questions and decisions apart, offline, on this machine. What is
        <em>stated</em> somebody said in words; what is <em>inferred</em> follows from what happened; what is
        <em>unclear</em> is shown as such and counted nowhere.
      </p>
      <h2>What it cannot do</h2>
      <ul class="dashes">
        <li>It does not declare consensus and does not count heads into one.</li>
        <li>Irony, private agreements and talk elsewhere escape it. English is read best.</li>
        <li>Messages that were never archived are missing; those others quoted are recovered in part, and marked.</li>
        <li>It is wrong at times: read the quote behind a line before you rely on it.</li>
      </ul>
      <h2>Here</h2>
      <p>
        ${counted(counts.messages, 'message')} on ${counted(counts.lists, 'list')} in
        ${counted(counts.debates, 'debate')}; ${counts.defects} with defects, ${counts.rejects} that could not be read.
        <code>hum doctor</code> says more.
      </p>
      <h2>How good it is</h2>
      ${
        quality === undefined
          ? html`<p>The measured numbers (docs/quality.md) did not come with this installation.</p>`
          : prose(quality)
      }
      <h2>Reporting an error</h2>
      <p>
        Send the Message-ID, the line that is wrong and what it should say, with the version: hum ${site.version}. The
        JSON of a debate (add <code>.json</code>) has the reason of every finding.
      </p>
    </div>`;
  return layout({ site, title: 'About', main });
}
