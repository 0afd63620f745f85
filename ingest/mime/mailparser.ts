// The leaves of a MIME message by way of mailparser, for structures our own splitter leaves alone. mailparser finds the
// parts and undoes transfer encodings; charsets, flowed text and HTML stay ours, so that both ways give the same text.
import { MailParser } from 'mailparser';
import type { AttachmentStream, MessageText } from 'mailparser';
import type { Defect } from '../../model/message.ts';
import type { Field } from './header-block.ts';
import { partHead } from './part.ts';
import type { Leaf, Parts } from './part.ts';

/** mailparser's node of the part tree, as far as it is read here. */
interface TreeNode {
  isAttachment?: boolean;
  contentType?: string | false;
  readonly headerLines: readonly { readonly key: string; readonly line: string }[];
}

declare module 'mailparser' {
  interface MailParser {
    createNode(node: unknown): TreeNode;
    tree: unknown;
  }
  interface MailParserOptions {
    ignoreEmbedded?: boolean;
    maxHeadSize?: number;
    maxChildNodes?: number;
  }
}

const MAX_CHILD_NODES = 1000;
const MULTIPART = /^multipart\//i;
const MIME_FIELD = /^(?:content-|mime-version$)/;

/** Hands every leaf out as a stream of its bytes; mailparser would decode text with charsets and flow of its own. */
class LeafParser extends MailParser {
  readonly multiparts: string[] = [];
  /** Nodes of the leaves, in the order in which their streams come. */
  readonly leafNodes: TreeNode[] = [];

  override createNode(node: unknown): TreeNode {
    const made = super.createNode(node);
    if (MULTIPART.test(made.contentType || '')) this.multiparts.push(String(made.contentType).toLowerCase());
    else {
      made.isAttachment = true;
      this.leafNodes.push(made);
    }
    return made;
  }
}

/** Leaves of the mail with that header; never rejects, what mailparser refuses becomes a defect. */
export function splitWithMailparser(
  raw: Buffer,
  fields: readonly Field[],
  bodyStart: number,
): Promise<Parts> {
  const head = fields
    .filter((field) => MIME_FIELD.test(field.name))
    .map((field) => `${field.name}:${field.raw}\n`)
    .join('');
  const parser = new LeafParser({
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    maxHeadSize: Math.max(raw.length, 1024 * 1024),
    maxChildNodes: MAX_CHILD_NODES,
  });
  return new Promise((resolve) => {
    const leaves: Leaf[] = [];
    const defects: Defect[] = [];
    let taken = 0;
    const finish = (odd = ''): void => {
      resolve({ leaves, multiparts: parser.multiparts, defects, odd });
    };
    const refuse = (error: unknown): void => {
      const detail = error instanceof Error ? error.message : String(error);
      if (defects.length === 0) defects.push({ code: 'mime-structure', detail });
      finish('refused');
    };
    const collect = (part: AttachmentStream): void => {
      // mailparser guesses types of nameless content from file names; what the mail declares counts
      const about = partHead(fieldsOf(parser.leafNodes[taken]), typeOf(part));
      taken += 1;
      const { type } = about;
      const kept = (type === 'text/plain' || type === 'text/html') && about.disposition !== 'attachment';
      const chunks: Buffer[] = [];
      let size = 0;
      part.content.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (kept) chunks.push(chunk);
      });
      part.content.on('error', refuse);
      part.content.once('end', () => {
        leaves.push({
          type,
          params: about.params,
          disposition: about.disposition,
          name: about.name,
          content: Buffer.concat(chunks),
          encoding: about.encoding === 'unknown' ? 'unknown' : 'identity',
          size,
        });
        part.release?.();
      });
    };
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'attachment') collect(part);
    });
    parser.on('error', refuse);
    parser.once('end', () => finish());
    parser.write(Buffer.from(`${head}\n`, 'latin1'));
    parser.end(raw.subarray(bodyStart));
  });
}

/** Typed as a string, yet false where a part has no usable Content-Type. */
function typeOf(part: AttachmentStream): string {
  const type: unknown = part.contentType;
  return typeof type === 'string' ? type.toLowerCase() : 'text/plain';
}

function fieldsOf(node: TreeNode | undefined): readonly Field[] {
  return (node?.headerLines ?? []).map(({ key, line }) => ({
    name: key,
    raw: line.slice(line.indexOf(':') + 1),
    offset: 0,
  }));
}
