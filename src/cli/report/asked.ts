import { type Html, html } from './html';
import { originOf } from './origin';

/** What was asked, when, and of what. */
export interface Asked {
  /** Names of the headers that the page sets. */
  readonly headers?: string[];
  readonly credentials?: boolean;
  readonly version?: string;
  readonly at?: Date;
  /** When the template was written. */
  readonly written?: Date;
}

export function askedLine(origins: string[], { headers = [], credentials, version, at, written }: Asked): Html {
  const facts: [string, Html | string | false | undefined][] = [
    ['Pages of', html`${origins.map((origin, index) => html`${index > 0 && ', '}<b>${originOf(origin)}</b>`)}`],
    ['Headers', headers.length > 0 && headers.join(', ')],
    ['Cookies', credentials && "sent along (credentials: 'include')"],
    ['Template of', written && timeOf(written)],
    ['Checked', at && html`${timeOf(at)}${version && ` by cdk-cors ${version}`}`],
  ];
  return html`<p class="asked">${facts
    .filter(([, value]) => value)
    .map(([name, value]) => html`<span>${name} ${value || ''}</span> `)}</p>`;
}

/** '2030-12-31 23:59 UTC': the same for every reader. */
function timeOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
