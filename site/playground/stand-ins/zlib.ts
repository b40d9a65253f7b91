/** Only tells the language of the app, for advice; advice is in TypeScript then. */
export function gunzipSync(): never {
  throw new Error('Nothing is unpacked in a page.');
}
