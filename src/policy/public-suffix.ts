import { ABOVE_PUBLIC_SUFFIXES } from './above-public-suffixes';

/**
 * Whether a host pattern spans sites of different owners: right above a public suffix
 * (`*.github.io`, `*-team.vercel.app`, `*.co.uk`), or with public suffixes below it
 * (`*.eu-west-1.amazonaws.com`, `*.za`). By the public suffix list with its private section. Names
 * that the list does not know (`*.localhost`, `*.corp`) belong to the owner of that network.
 */
export function spansPublicSuffix(wildcardHost: string): boolean {
  // The list is large, and most policies have no wildcard: it is loaded when one does.
  const { parse } = require('../../vendor/tldts') as typeof import('tldts');

  const [label, ...rest] = wildcardHost.replace(/\.$/, '').split('.');
  const fixed = rest.join('.');
  if (label === '*' && aboveSuffixes().has(fixed)) return true;
  // A whole-label wildcard stands for several labels, and some suffixes are one label longer than
  // the pattern shows.
  const example = `${label === '*' ? 'a.a.a' : label.replace('*', 'a')}.${fixed}`;
  const { domain, isIcann, isPrivate } = parse(example, { allowPrivateDomains: true });

  return (isIcann === true || isPrivate === true) && !(domain !== null && `.${fixed}`.endsWith(`.${domain}`));
}

let names: Set<string> | undefined;

function aboveSuffixes(): Set<string> {
  names ??= new Set(ABOVE_PUBLIC_SUFFIXES.trim().split(/\s+/));
  return names;
}

/** The part of the host that those owners share: `github.io`. */
export function publicSuffixOf(wildcardHost: string): string {
  return wildcardHost.slice(wildcardHost.indexOf('.') + 1);
}
