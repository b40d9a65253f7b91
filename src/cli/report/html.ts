/**
 * A piece of HTML that is safe to put into a page: everything that came from outside is escaped.
 */
export class Html {
  public constructor(public readonly text: string) {}
}

export type Content = string | number | Html | false | undefined | Content[];

/**
 * html`<p>${name}</p>`: what stands in the braces becomes text, never markup, unless it was made by
 * this function.
 */
export function html(literals: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(
    literals.map((literal, index) => literal + (index < contents.length ? escaped(contents[index]) : '')).join(''),
  );
}

function escaped(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.text;
  if (Array.isArray(content)) return content.map(escaped).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
