import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const standIn = (name: string) => here(`stand-ins/${name}.ts`);

/** The simulator as one script that browsers run: what it takes from Node.js has stand-ins. */
export async function bundleSimulator(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [here('worker.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    nodePaths: [here('../node_modules')],
    inject: [standIn('globals')],
    alias: {
      'node:crypto': standIn('crypto'),
      'node:fs': standIn('fs'),
      'node:path': 'path-browserify',
      'node:vm': standIn('vm'),
      'node:zlib': standIn('zlib'),
    },
  });
  return outputFiles[0].contents;
}
