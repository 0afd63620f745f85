// Made mails for tests of the command line and the server: a small debate, a second thread, a hostile mail.

export interface MadeMail {
  readonly id: string;
  readonly from: string;
  readonly date: string;
  readonly subject: string;
  readonly body: string;
  readonly inReplyTo?: string;
}

export const debate: readonly MadeMail[] = [
  {
    id: 'p1@example.org',
    from: 'Ada Example <ada@example.org>',
    date: 'Mon, 04 Mar 2024 09:30:00 +0000',
    subject: 'Retire the Python 2 scripts',
    body: 'I propose that we retire the Python 2 scripts.\nNobody runs them.\n',
  },
  {
    id: 'p2@example.org',
    from: 'Bo Sample <bo@example.org>',
    date: 'Tue, 05 Mar 2024 09:30:00 +0000',
    subject: 'Re: Retire the Python 2 scripts',
    body: 'Ada Example wrote:\n> I propose that we retire the Python 2 scripts.\n\nI am against it. Who would tell the users?\n\n-- \nBo\n',
    inReplyTo: 'p1@example.org',
  },
  {
    id: 'p3/slash@example.org',
    from: 'Cy Mustermann <cy@example.org>',
    date: 'Wed, 06 Mar 2024 09:30:00 +0000',
    subject: 'Re: Retire the Python 2 scripts',
    body: '> Who would tell the users?\n\nI will.\n',
    inReplyTo: 'p2@example.org',
  },
];

export const other: MadeMail = {
  id: 'q1@example.org',
  from: 'Dee Person <dee@example.org>',
  date: 'Thu, 07 Mar 2024 09:30:00 +0000',
  subject: 'Meeting on Friday',
  body: 'Shall we meet at ten?\n',
};

/** Escapes and a bidi override in every header and in the body. */
export const hostile: MadeMail = {
  id: 'h1@example.org',
  from: '=?utf-8?q?Eve_=1B=5D0=3Bowned=07_=E2=80=AEgpj?= <eve@example.org>',
  date: 'Fri, 08 Mar 2024 09:30:00 +0000',
  subject: '=?utf-8?q?=1B=5B31mred_=C2=9B31m_<script>alert(1)</script>?=',
  body: 'Look: \u001b[2J\u001b]0;owned\u0007 \u202egpj.exe <img src=x onerror=alert(1)>\n',
};

export function rawMail(mail: MadeMail): string {
  return [
    `From: ${mail.from}`,
    `Date: ${mail.date}`,
    `Subject: ${mail.subject}`,
    `Message-ID: <${mail.id}>`,
    ...(mail.inReplyTo === undefined ? [] : [`In-Reply-To: <${mail.inReplyTo}>`]),
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    mail.body,
  ].join('\n');
}

export function mbox(mails: readonly MadeMail[]): string {
  return mails.map((mail) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${rawMail(mail)}\n`).join('');
}
