/** What the pages of the docs are made of: blocks of code, links, and the addresses of headings. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** Of its first line of code, counted from 1. */
  readonly line: number;
}

/** The pages that users read, as paths from the root of the repository. */
export function pagesOf(...folders: string[]): string[] {
  const below = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
  return folders
    .flatMap((folder) => (folder.endsWith('.md') ? [folder] : below(folder)))
    .filter((file) => file.endsWith('.md') && !/node_modules|cdk\.out/.test(file))
    .sort();
}

export function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The fenced blocks; one inside of a list may be indented. */
export function codeBlocksIn(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of markdown.matchAll(/^( *)```([\w-]*)[^\n]*\n(.*?)^\1```/gms)) {
    const [, indent, language, code] = match;
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    blocks.push({ language, code: code.replace(new RegExp(`^${indent}`, 'gm'), ''), line });
  }
  return blocks;
}

export interface LinkGroup {
  readonly text: string;
  readonly items: { readonly text: string; readonly link: string }[];
}

/** An index: lists of links, each below a line in bold type. */
export function linkGroupsIn(index: string): LinkGroup[] {
  return [...index.matchAll(/^\*\*(.+)\*\*\n\n((?:- .*\n)+)/gm)].map(([, text, list]) => ({
    text,
    items: [...list.matchAll(/^- \[([^\]]+)\]\(([^)]+)\)/gm)].map(([, name, link]) => ({ text: name, link })),
  }));
}

/** Where links lead, images and links of HTML included; code is not looked into. */
export function linksIn(markdown: string): string[] {
  const text = withoutCode(markdown);
  const inline = [...text.matchAll(/\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/g)].map(
    ([, href]) => href,
  );
  const html = [...text.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map(([, href]) => href);
  const reference = [...text.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)].map(([, href]) => href);
  return [...inline, ...html, ...reference];
}

/** The addresses that a link to the page can end in: headings, as GitHub names them, and anchors by hand. */
export function addressesIn(markdown: string): Set<string> {
  const addresses = new Set<string>();
  const blank = markdown.replace(/^( *)```.*?^\1```/gms, '');
  for (const [, heading] of blank.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const address = addressOf(heading);
    let unique = address;
    for (let count = 1; addresses.has(unique); count++) unique = `${address}-${count}`;
    addresses.add(unique);
  }
  for (const [, id] of blank.matchAll(/<a (?:id|name)="([^"]+)">/g)) addresses.add(id);
  return addresses;
}

/** As GitHub makes it: letters, digits, hyphens and underscores stay, blanks become hyphens. */
export function addressOf(heading: string): string {
  const text = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]+>/g, '');
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^( *)```.*?^\1```/gms, '').replace(/(`+)[^`].*?\1/gs, '');
}
