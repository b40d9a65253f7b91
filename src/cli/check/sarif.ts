import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { aboutRule, addressOfRule, FINDING_RULES, type FindingRule } from '../../verify/cors-file/finding-rules';
import type { CheckedFinding } from '../../verify/judged';
import { nameOf, nameOfWay } from '../input';
import { jsonText, printable } from '../terminal';
import type { Checked } from './checked';
import { type Location, type Problem, problemsIn, repository } from './located';

/**
 * SARIF 2.1.0, as code scanning reads it. A result for each rule, method and route; origins are
 * told together. What to change stands in the message and in `properties.change`: a `fix` of SARIF
 * replaces text of a file, and what has to change is rarely known to the letter.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(checked: Checked): string {
  const { version } = require('../../../package.json');
  const remarks = checked.remarks.map((remark) => ({ level: 'warning', message: { text: remark } }));
  const driver = {
    name: 'cdk-cors',
    version,
    semanticVersion: version,
    informationUri: 'https://github.com/cdkcors/cdk-cors',
    rules: FINDING_RULES.map(ruleOf),
  };
  return jsonText({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        invocations: [
          {
            executionSuccessful: true,
            ...(remarks.length > 0 && { toolConfigurationNotifications: remarks }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(repository()).href}/` } },
        results: [...problemsIn(checked).map(resultOf), ...faultsOf(checked)],
      },
    ],
  });
}

function ruleOf(rule: FindingRule): object {
  const { step, fix, standard } = aboutRule(rule);
  const help = `${fix}${standard ? `\n\nThe Fetch Standard: ${standard}` : ''}`;
  return {
    id: rule,
    name: rule.replace(/(^|-)([a-z])/g, (_, __, letter) => letter.toUpperCase()),
    shortDescription: { text: `CORS: ${step}` },
    fullDescription: { text: `What decides whether a page may use the route: ${step}.` },
    help: { text: help, markdown: `${help}\n\n[About this rule](${addressOfRule(rule)})` },
    helpUri: addressOfRule(rule),
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['cors', 'api-gateway'], precision: 'high', 'problem.severity': 'error' },
  };
}

function resultOf({ findings, location }: Problem): object {
  const [{ rule, result, reason, fix, accepted }] = findings;
  const way = nameOfWay(result);
  const origins = [...new Set(findings.map((finding) => finding.result.request.origin))];
  const request = `${result.request.method} ${result.route}`;
  return {
    ruleId: rule,
    ruleIndex: FINDING_RULES.indexOf(rule),
    level: 'error',
    message: { text: `${request} of ${way} from ${origins.join(', ')}: ${reason}. To change: ${fix}` },
    locations: [locationIn(location)],
    partialFingerprints: fingerprintsOf([rule, way, request]),
    ...(accepted && { suppressions: [suppressionOf(accepted)] }),
    properties: { api: way, route: result.route, method: result.request.method, origins, change: fix },
  };
}

/** What keeps an API from being deployed, where it has no route whose request would tell it. */
function faultsOf({ asked, results }: Checked): object[] {
  return asked.flatMap(({ api, places }) => {
    if (results.some((result) => result.api === api && result.verdict.rule === 'deployment')) return [];
    const name = nameOf(api);
    return api.faults.map(printable).map((fault) => ({
      ruleId: 'deployment',
      ruleIndex: FINDING_RULES.indexOf('deployment'),
      level: 'error',
      message: { text: `${name} cannot be deployed: ${fault}` },
      locations: [locationIn({ name, template: places.of(name) })],
      partialFingerprints: fingerprintsOf(['deployment', name, fault]),
    }));
  });
}

function locationIn({ name, source, template }: Location): object {
  const place = source ?? template;
  return {
    ...(place && {
      physicalLocation: {
        artifactLocation: artifactAt(place.file),
        region: { startLine: place.line ?? 1 },
      },
    }),
    logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
  };
}

/** A file of the repository is told relative to its root. */
function artifactAt(file: string): object {
  const isInside = !file.startsWith('../') && !file.startsWith('/') && !/^[A-Za-z]:/.test(file);
  if (!isInside) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function suppressionOf({ why, until }: NonNullable<CheckedFinding['accepted']>): object {
  return { kind: 'external', status: 'accepted', justification: until ? `${why} (until ${until})` : why };
}

/** The same from run to run, wherever the line moves: code scanning knows a result by it. */
function fingerprintsOf(parts: string[]): object {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
  return { primaryLocationLineHash: `${hash}:1`, 'cdkCorsFinding/v1': hash };
}
