/** There are no files in a page: a template that names some is read without them, as where they are missing. */
function missing(path: unknown): never {
  throw Object.assign(new Error(`ENOENT: there are no files here, not even ${path}`), { code: 'ENOENT' });
}

export const existsSync = () => false;
export const readFileSync = missing;
export const readdirSync = missing;
export const realpathSync = missing;
export const statSync = missing;
export const writeFileSync = missing;
