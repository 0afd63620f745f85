// The name a list gets when the user gave none: from the archive's file name, its URL or a List-Id (RFC 2919).
import { basename, dirname } from 'node:path';

/** Ends of file names that say nothing of the list. */
const SUFFIX = /\.(?:mbox|mbx|mboxrd|mboxcl2|gz|txt|text|eml|html?|maildir|bundle|pipermail|git)$/i;
const UNSAFE = /[^A-Za-z0-9._+-]+/g;
/** A name that begins so would be taken for an option or a hidden file. */
const LEADING = /^[-.]+/;
/** Pipermail's monthly files: the list's name is that of the folder. */
const MONTH = /^\d{4}(?:-?(?:[A-Z][a-z]{2,8}|\d{2}|q\d))?$/;
const LIST_ID = /^List-Id:[^\n]{0,200}<([A-Za-z0-9_+-]{1,100})[.>]/im;

/** Name of a path without folders and suffixes, safe as a list name; `mail` when nothing is left. */
export function listNameOfPath(path: string): string {
  let name = basename(path);
  while (SUFFIX.test(name)) name = name.replace(SUFFIX, '');
  const above = dirname(path);
  if (MONTH.test(name) && basename(above) !== '') return listNameOfPath(above);
  return name.replaceAll(UNSAFE, '-').replace(LEADING, '') || 'mail';
}

/** List name in a URL: of `https://host/LIST/MSGID/t.mbox.gz` the LIST, of a file the file. */
export function listNameOfUrl(url: URL): string {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const message = parts.findIndex((part) => /@|%40/i.test(part));
  const named = message > 0 ? parts[message - 1] : parts.at(-1);
  return listNameOfPath(named ?? url.hostname);
}

/** First label of the List-Id in a header block; '' when there is none. */
export function listNameOfHeader(head: Buffer): string {
  return LIST_ID.exec(head.toString('latin1'))?.[1] ?? '';
}
