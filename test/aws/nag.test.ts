import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { EVERY_KIND } from '../support/every-kind';

/** What cdk-nag 2 has to say; `judges.ts` asks version 3. */
function findings(kind: string, cors: boolean): string[] {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  EVERY_KIND[kind](stack, cors);
  Aspects.of(stack).add(new AwsSolutionsChecks());
  const annotations = Annotations.fromStack(stack);
  const nag = Match.stringLikeRegexp('AwsSolutions-');
  return [...annotations.findError('*', nag), ...annotations.findWarning('*', nag)].map(
    ({ id, entry }) => `${id}: ${entry.data}`,
  );
}

test.each(Object.keys(EVERY_KIND))('cdk-nag finds nothing new in %s', (kind) => {
  const before = findings(kind, false);
  expect(before.length).toBeGreaterThan(0);
  expect(findings(kind, true).filter((finding) => !before.includes(finding))).toEqual([]);
});
