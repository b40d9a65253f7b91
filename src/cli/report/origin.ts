import { type Html, html } from './html';

/** An origin that breaks between its labels where it is narrow, and not inside of one. */
export function originOf(origin: string): Html {
  const parts = origin.split(/(?<=:\/\/)|(?=[.:](?!\/\/))/);
  return html`${parts.map((part, index) => html`${index > 0 && html`<wbr>`}${part}`)}`;
}
