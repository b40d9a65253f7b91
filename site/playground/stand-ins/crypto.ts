import { sha256 } from '@noble/hashes/sha2.js';

/** The one hash that the report needs for its own policy, at once and not as a promise. */
export function createHash(_algorithm: 'sha256') {
  const parts: Uint8Array[] = [];
  const hash = {
    update: (text: string) => {
      parts.push(new TextEncoder().encode(text));
      return hash;
    },
    digest: (_encoding: 'base64') =>
      btoa(String.fromCharCode(...sha256(Uint8Array.from(parts.flatMap((part) => [...part]))))),
  };
  return hash;
}
