import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseText } from '../../text/json-or-yaml';
import { isObject } from './cloudformation-template';

/**
 * The files of a cloud assembly, wherever its manifests say that they are. An assembly may come
 * from somebody else: what it names outside of its own folder, by a path or by a link, is not read,
 * nor is anything but a regular file.
 */
export class AssemblyFiles {
  private readonly root: string;

  public constructor(directory: string) {
    this.root = realpathSync(directory);
  }

  /** The object that a file holds. */
  public json(folder: string, name: string): Record<string, any> {
    const path = this.pathOf(folder, name);
    const data = parseText(readFileSync(path, 'utf8'), path);
    if (!isObject(data)) throw new Error(`${path} is not a JSON object.`);
    return data;
  }

  /**
   * @throws where the file is not there, leads out of the assembly, or is not a regular file
   */
  public pathOf(folder: string, name: string): string {
    const path = join(folder, name);
    if (!existsSync(path)) throw new Error(`${path} is not there, though the cloud assembly names it.`);
    if (!this.holds(path)) {
      throw new Error(`${path} leads out of the cloud assembly ${this.root}, so it is not read. Synthesize it here.`);
    }
    if (!statSync(path).isFile()) throw new Error(`${path} is not a regular file, so it is not read.`);
    return path;
  }

  /** A folder of another assembly inside of this one. */
  public folderOf(folder: string, name: string): string {
    const path = join(folder, name);
    if (!existsSync(path) || !this.holds(path) || !statSync(path).isDirectory())
      throw new Error(`${path} is not a folder of the cloud assembly ${this.root}, so it is not read.`);
    return path;
  }

  /**
   * The path of a file that an asset names; `undefined` where it is not one of the assembly's own.
   */
  public assetPath(folder: string, name: unknown): string | undefined {
    if (typeof name !== 'string') return undefined;
    const path = join(folder, name);
    return existsSync(path) && this.holds(path) && statSync(path).isFile() ? path : undefined;
  }

  /** Links are followed first. */
  private holds(path: string): boolean {
    const real = realpathSync(path);
    return real === this.root || real.startsWith(this.root + sep);
  }
}
