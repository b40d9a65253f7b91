import { adviceOn } from '../advice';
import type { Annotation } from '../annotation';
import { nameOf, nameOfWay } from '../input';
import type { Checked } from './checked';
import { type Problem, portable, problemsIn } from './located';

/**
 * What GitHub shows beside the lines of a pull request. It shows ten errors and ten warnings of a
 * step, so the last one stands for those that are left out.
 */
export function annotationsOf(checked: Checked): Annotation[] {
  const errors = problemsIn(checked).flatMap((problem) => (problem.findings[0].accepted ? [] : [errorOf(problem)]));
  const faults = checked.asked.flatMap(({ api }) =>
    api.faults.map((fault) => error(`deployment: ${nameOf(api)}`, [`It cannot be deployed: ${fault}`])),
  );
  const remarks = checked.remarks.map((remark): Annotation => {
    const place = checked.file && { file: portable(checked.file.path) };
    return { level: 'warning', title: 'Settings of cdk-cors', message: [remark], ...place };
  });
  return [...atMost([...faults, ...errors], 'error'), ...atMost(remarks, 'warning')];
}

function errorOf({ findings, location }: Problem): Annotation {
  const [{ rule, result, reason, fix }] = findings;
  const origins = [...new Set(findings.map((finding) => finding.result.request.origin))];
  const place = location.source ?? location.template;
  const { links } = adviceOn(result) ?? { links: [] };
  return {
    ...error(`${rule}: ${result.request.method} ${result.route} of ${nameOfWay(result)}`, [
      `A page of ${origins.join(', ')}: ${reason}`,
      `To change: ${fix}`,
      `At: ${location.name}`,
      ...links,
    ]),
    ...(place && { file: place.file }),
    ...(place?.line && { line: place.line }),
  };
}

function error(title: string, message: string[]): Annotation {
  return { level: 'error', title, message };
}

function atMost(annotations: Annotation[], level: Annotation['level']): Annotation[] {
  if (annotations.length <= SHOWN) return annotations;
  const more = annotations.length - SHOWN + 1;
  const rest = { level, title: 'cdk-cors', message: [`${more} more ${level}s: other formats have all of them.`] };
  return [...annotations.slice(0, SHOWN - 1), rest];
}

/** https://docs.github.com/actions/reference/limits */
const SHOWN = 10;
