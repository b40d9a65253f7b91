import { textOf } from '../model/properties';
import type { FoundResource } from '../template/all-resources';
import { unknown } from '../unknown';

/** A domain name of API Gateway's, with the APIs that stand behind its paths. */
export interface CustomDomain {
  /** 'api.example.com'; may hold marks. */
  readonly name: string;
  /** The host names that DNS points it to, as references to them resolve. */
  readonly targets: string[];
  readonly mappings: DomainMapping[];
}

interface DomainMapping {
  /** '' or 'orders/v1'. */
  readonly basePath: string;
  /** What references to the API resolve to. */
  readonly api: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html */
export function readCustomDomains(resources: FoundResource[]): CustomDomain[] {
  const mappings = resources.filter(({ type }) => /::(BasePathMapping|ApiMapping)$/.test(type));
  return resources
    .filter(({ type }) => /^AWS::ApiGateway(V2)?::DomainName$/.test(type))
    .map(({ id, scope, logicalId, properties }) => {
      const name = textOf(properties.DomainName);
      return {
        name,
        targets: TARGETS.map((attribute) => textOf(scope.attribute(logicalId, attribute))),
        mappings: mappings
          .filter((mapping) => [id, name].includes(textOf(mapping.properties.DomainName)))
          .map(mappingOf),
      };
    });
}

const TARGETS = ['RegionalDomainName', 'DistributionDomainName'];

function mappingOf({ properties }: FoundResource): DomainMapping {
  const basePath = textOf(properties.BasePath ?? properties.ApiMappingKey);
  return {
    basePath: basePath === '(none)' ? '' : basePath,
    api: textOf(properties.RestApiId ?? properties.ApiId ?? unknown('an API')),
  };
}

/** The mapping of a path: the longest that its first parts are. */
export function mappingFor({ mappings }: CustomDomain, path: string): { api: string; path: string } | undefined {
  const fits = mappings.filter(
    ({ basePath }) => basePath === '' || `${path.split('?')[0]}/`.startsWith(`/${basePath}/`),
  );
  const [longest] = fits.sort((a, b) => b.basePath.length - a.basePath.length);
  if (!longest) return undefined;
  const rest = longest.basePath === '' ? path : path.slice(longest.basePath.length + 1);
  return { api: longest.api, path: rest.startsWith('/') ? rest : `/${rest}` };
}
