import { everySide } from '../cloudformation-conditions';
import { isVerb, type RouteKey } from '../route-key';

/**
 * The routes that an OpenAPI document of an HTTP API stands for, as far as they can be read: `body`
 * is resolved.
 */
export function documentRoutes(body: any): RouteKey[] {
  return everySide(body?.paths).flatMap((paths) =>
    Object.entries(paths ?? {}).flatMap(([path, item]) =>
      everySide(item).flatMap((operations) =>
        Object.entries(operations ?? {}).flatMap(([key, operation]) => {
          const verb = key === 'x-amazon-apigateway-any-method' ? 'ANY' : key.toUpperCase();
          return isVerb(verb) ? [documentRoute(verb, path, operation)] : [];
        }),
      ),
    ),
  );
}

/** The route that one operation stands for. */
export function documentRoute(verb: string, path: string, operation: any): RouteKey {
  const isDefault = path === '/$default' || operation?.isDefaultRoute === true;
  return { verb, path: isDefault ? undefined : path };
}
