import type { FoundResource } from '../../template/all-resources';
import { unknown } from '../../unknown';
import type { ApiParts } from '../api-parts';

/** The resources that the import of a document makes, as if a template had written them out. */
export class ImportedResources {
  private readonly parts: FoundResource[] = [];

  public constructor(
    private readonly api: FoundResource,
    private readonly service: 'AWS::ApiGateway' | 'AWS::ApiGatewayV2',
  ) {}

  /** `name`: how to name it to a user. Returns what references to it resolve to. */
  public add(
    type: string,
    name: string,
    properties: Record<string, unknown>,
    { doubt }: Pick<FoundResource, 'doubt'> = {},
  ): string {
    const { scope, asked } = this.api;
    const logicalId = `${this.api.logicalId}.${this.parts.length}`;
    const id = unknown(`${this.api.id}, imported ${this.parts.length}`);
    const whole = { type: `${this.service}::${type}`, properties, doubt, additions: [] };
    this.parts.push({ scope, asked, logicalId, id, name, ...whole });
    return id;
  }

  /** The API with these parts before its others. */
  public within(all: ApiParts): ApiParts {
    return {
      ...all,
      parts: [...this.parts, ...all.parts],
      byId: new Map([...all.byId, ...this.parts.map((part) => [part.id, part] as const)]),
    };
  }
}
