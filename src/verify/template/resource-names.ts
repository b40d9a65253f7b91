import type { Template } from './cloudformation-template';

/** How the resources of a template are called. */
export class ResourceNames {
  private ids?: Map<string, string | undefined>;

  public constructor(
    private readonly template: Template,
    /** Where the construct behind a resource stands, if that is known apart from the template. */
    private readonly pathElsewhere: (logicalId: string) => string | undefined,
  ) {}

  /** The path of the construct that made it. */
  public constructPath(logicalId: string): string | undefined {
    const path = this.template.Resources[logicalId]?.Metadata?.['aws:cdk:path'];
    return typeof path === 'string' ? path.replace(/\/Resource$/, '') : this.pathElsewhere(logicalId);
  }

  /**
   * How users may call a resource: by its logical id, its construct path, or its construct id where
   * no other has it.
   */
  public namesOf(logicalId: string): string[] {
    const path = this.constructPath(logicalId);
    const id = path && constructId(path);
    const isOnly = id !== undefined && this.idsOfConstructs().get(id) === logicalId;
    return [logicalId, ...(path ? [path] : []), ...(isOnly ? [id] : [])];
  }

  /** Whether users may call a resource so. */
  public isCalled(name: string): boolean {
    const { Resources } = this.template;
    if (Object.hasOwn(Resources, name)) return true;
    return this.idsOfConstructs().has(name) || Object.keys(Resources).some((id) => this.constructPath(id) === name);
  }

  /** `undefined` where several constructs have the id. */
  private idsOfConstructs(): Map<string, string | undefined> {
    if (this.ids) return this.ids;
    this.ids = new Map();
    for (const logicalId of Object.keys(this.template.Resources)) {
      const path = this.constructPath(logicalId);
      const id = path && constructId(path);
      if (id !== undefined) this.ids.set(id, this.ids.has(id) ? undefined : logicalId);
    }
    return this.ids;
  }
}

function constructId(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
