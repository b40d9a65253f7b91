import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { CorsOutcome } from '../../verify/verdict';

/**
 * What a table cannot show, below it: one line for each kind of thing,
 * whatever the number of routes.
 */
export function remarksOn(results: CheckResult[]): string[] {
  return [...functionRemark(results), ...errorRemark(results), ...credentialsRemarks(results)].map(
    (line) => `  ${line}`,
  );
}

/** What stands behind an outcome, in its cell. */
export function marksOf(result: CheckResult): string {
  return [functionsOf(result).length > 0 && '*', result.unreadable.length > 0 && '°'].filter(Boolean).join('');
}

/**
 * The simulator takes a function with a policy at its word;
 * no template but one with inline code shows whether its handler follows it.
 */
function functionRemark(results: CheckResult[]): string[] {
  const functions = [...new Set(results.flatMap(functionsOf))];
  if (functions.length === 0) return [];
  const [handlers, are] = functions.length === 1 ? ['handler', 'is'] : ['handlers', 'are'];
  return [`* provided that the ${handlers} of ${functions.join(', ')} ${are} wrapped in withCors or with_cors`];
}

/** The functions whose own policy lets the page in, and whose code is not there to be seen. */
function functionsOf({ verdict, preflight, response }: CheckResult): string[] {
  if (verdict.outcome !== CorsOutcome.ALLOWED) return [];
  const unseen = [preflight, response].filter((exchange) => !exchange?.answer.isWrapped);
  return unseen.flatMap((exchange) => exchange?.answer.byFunction ?? []);
}

/**
 * '° A page would see a CORS error in place of: 401 UNAUTHORIZED of GET /account;
 * 429 THROTTLED of every route.'
 */
function errorRemark(results: CheckResult[]): string[] {
  const faults = results.flatMap((result) => result.unreadable.map((error) => ({ ...error, name: nameOf(result) })));
  if (faults.length === 0) return [];
  const everything = new Set(results.map(nameOf)).size;
  const errors = groupBy(faults, ({ status, error }) => `${status} ${error}`).map((same) => {
    const [{ status, error }] = same;
    const title = error.startsWith('the ') ? error : `${status} ${error}`;
    return { title, names: [...new Set(same.map(({ name }) => name))] };
  });
  const parts = groupBy(errors, ({ names }) => names.join()).map((alike) => {
    const [{ names }] = alike;
    return (
      `${alike.map(({ title }) => title).join(', ')} of ` +
      `${names.length === everything ? 'every route' : listed(names)}`
    );
  });
  return [`° in place of these errors a page would see a fault of CORS: ${parts.join('; ')}`];
}

function credentialsRemarks(results: CheckResult[]): string[] {
  const failing = results.filter(({ withCredentials }) => withCredentials !== undefined);
  return groupBy(failing, ({ withCredentials }) => withCredentials!.reason).map((alike) => {
    const origins = [...new Set(alike.map(({ request }) => request.origin))];
    const names = [...new Set(alike.map(nameOf))];
    return (
      `with credentials ${listed(names)} from ${listed(origins)} would be blocked: ` +
      `${alike[0].withCredentials!.reason}`
    );
  });
}

function nameOf({ route, request }: CheckResult): string {
  return `${request.method} ${route}`;
}

function listed(names: string[]): string {
  return names.length > FEW ? `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more` : names.join(', ');
}

const FEW = 5;
