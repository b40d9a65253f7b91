import { relative } from 'node:path';
import type { PolicyViolatingResourceBeta1, PolicyViolationBeta1 } from 'aws-cdk-lib';
import { groupBy } from '../collections';
import type { AskedApi } from './asked-api';
import type { CheckResult } from './check-api';
import { nameOfDistribution } from './cloudfront/distribution';
import { aboutRule, addressOfRule, type FindingRule } from './cors-file/finding-rules';
import { decidedAt } from './decisive-exchange';
import type { CheckedFinding } from './judged';
import { type Located, placeOf } from './located';
import { readable } from './unknown';
import { CorsOutcome } from './verdict';

/**
 * What counts, as the validation report of aws-cdk-lib shows it: each at the resource that has to
 * change, from which the report finds the construct, the line that makes it, and the lines that
 * assign the property.
 */
export function violationsOf(findings: CheckedFinding[], asked: AskedApi[]): PolicyViolationBeta1[] {
  const counting = findings
    .filter(({ accepted }) => !accepted)
    .map((finding) => {
      const places = asked.find(({ api }) => api === finding.result.api)?.places;
      return { finding, located: placeOf(finding.result, places) };
    });
  return groupBy(counting, ({ finding, located }) => keyOf(finding, located)).map((alike) =>
    violationOf(
      alike.map(({ finding }) => finding),
      alike[0].located,
    ),
  );
}

/**
 * One a rule, request and place: the origins that it is about are together.
 * What cannot be deployed is said once.
 */
function keyOf({ rule, result }: CheckedFinding, { name }: Located): string {
  const { api, via, route, request } = result;
  const what = rule === 'deployment' ? [] : [via?.id, request.method, route, name];
  return [rule, api.templateFile, api.id, ...what].join('\n');
}

function violationOf(findings: CheckedFinding[], located: Located): PolicyViolationBeta1 {
  const [{ rule, reason, result }] = findings;
  const { standard } = aboutRule(rule);
  const { source, template } = located;
  return {
    ruleName: rule,
    description: `${requestOf(findings)}: ${readable(reason)}`,
    fix: readable(fixOf(findings)),
    severity: isCertain(rule, result) ? 'error' : 'warning',
    ruleMetadata: {
      See: addressOfRule(rule),
      ...(standard && { Standard: standard }),
      ...(source && { Source: `${relative(process.cwd(), source.file)}:${source.line}` }),
      ...(template?.line && { 'Template line': String(template.line) }),
    },
    violatingResources: [resourceOf(rule, result, located)],
  };
}

/** Fixes that differ do so by the origin that they name. */
function fixOf([{ fix }, ...others]: CheckedFinding[]): string {
  const origins = new Set(others.filter((other) => other.fix !== fix).map(({ result }) => result.request.origin));
  return origins.size > 0 ? `${fix} The same for ${[...origins].join(', ')}.` : fix;
}

/** 'PUT /pets via Shop/Edge from https://app.example.com' */
function requestOf(findings: CheckedFinding[]): string {
  const [{ rule, result }] = findings;
  const { api, via, request, route } = result;
  if (rule === 'deployment') return readable(api.id);
  const origins = [...new Set(findings.map((finding) => finding.result.request.origin))];
  return (
    `${request.method} ${readable(route)}${via ? ` via ${nameOfDistribution(via)}` : ''} from ` +
    `${origins.join(', ')}`
  );
}

/** A backend may let the page in, and an error may never come. */
function isCertain(rule: FindingRule, { verdict: { outcome } }: CheckResult): boolean {
  if (rule === 'unreadable-errors' || rule === 'with-credentials') return false;
  return outcome !== CorsOutcome.DEPENDS_ON_BACKEND && outcome !== CorsOutcome.UNKNOWN;
}

function resourceOf(rule: FindingRule, result: CheckResult, located: Located): PolicyViolatingResourceBeta1 {
  const { template } = located;
  const { api } = result;
  return {
    resourceLogicalId: template?.logicalId ?? readable(api.id),
    templatePath: template?.file ?? api.templateFile ?? '',
    locations: locationsOf(rule, result, template?.type),
  };
}

/** The property that has to change, from the resource on, where it is one. */
function locationsOf(rule: FindingRule, result: CheckResult, type = ''): string[] {
  const decided = decidedAt(result) ?? '';
  const [, inDocument] = /^(paths\[.*) of /.exec(decided) ?? [];
  if (inDocument) return [`Properties.Body.${inDocument}`];
  if (type === 'AWS::CloudFront::Distribution') return [behaviorIn(result, decided)];
  const property = PROPERTIES[type];
  return property && ABOUT_HEADERS.test(rule) ? [`Properties.${property}`] : [];
}

/** The last behavior is the default one. */
function behaviorIn({ via }: CheckResult, decided: string): string {
  const index = via?.behaviors.findIndex(({ where }) => where === decided) ?? -1;
  if (!via || index < 0) return 'Properties.DistributionConfig';
  const isDefault = index === via.behaviors.length - 1;
  return `Properties.DistributionConfig.${isDefault ? 'DefaultCacheBehavior' : `CacheBehaviors.${index}`}`;
}

/** Where the headers of CORS come from. */
const PROPERTIES: Record<string, string> = {
  'AWS::ApiGateway::Method': 'Integration',
  'AWS::ApiGatewayV2::Api': 'CorsConfiguration',
  'AWS::Lambda::Url': 'Cors',
};

const ABOUT_HEADERS = /^(preflight-(origin|credentials|method|header)|response-.*|wider)$/;
