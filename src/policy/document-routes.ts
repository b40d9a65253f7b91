import { everySide } from './conditions';
import type { RouteKey } from './route-key';

/** The routes that an OpenAPI document of an HTTP API stands for, as far as they can be read: `body` is resolved. */
export function documentRoutes(body: any): RouteKey[] {
  return everySide(body?.paths).flatMap((paths) =>
    Object.entries(paths).flatMap(([path, item]) =>
      everySide(item).flatMap((operations) => Object.entries(operations).flatMap(([key, operation]) => routesOf(path, key, operation))),
    ),
  );
}

function routesOf(path: string, key: string, operation: any): RouteKey[] {
  const verb = key === 'x-amazon-apigateway-any-method' ? 'ANY' : key.toUpperCase();
  if (!/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)$/.test(verb)) return [];
  const isDefault = path === '/$default' || operation?.isDefaultRoute === true;
  return [isDefault ? { verb: 'ANY' } : { verb, path }];
}
