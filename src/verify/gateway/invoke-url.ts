import type { ApiModel } from '../model/api-model';
import { readable } from '../unknown';

/**
 * The URL of an API as a template would write it: only the deployment gives it an id. Of several
 * stages it is the first one.
 */
export function invokeUrl({ id, kind, stages }: ApiModel): string {
  if (kind === 'FUNCTION_URL') return `https://\${${id}}.lambda-url.\${AWS::Region}.on.aws`;
  const stage = kind === 'HTTP' && stages.includes('$default') ? undefined : stages[0];
  const path = stage === undefined ? '' : `/${readable(stage)}`;
  return `https://\${${id}}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}${path}`;
}
