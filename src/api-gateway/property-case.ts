/**
 * L1s and OpenAPI documents spell properties in camelCase, included templates and raw resources in
 * PascalCase.
 */
export function propertyCase(object: any, name: string): string {
  const pascal = Object.keys(object).some((key) => /^[A-Z]/.test(key));
  return pascal ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
