/**
 * Without a time limit of its own: what takes too long in a page ends with the worker that it runs in.
 */
export const createContext = (context: object) => context;

export class Script {
  public runInContext(context: { work(): unknown }): unknown {
    return context.work();
  }
}
