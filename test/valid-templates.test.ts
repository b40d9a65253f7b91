import { App, Stack } from 'aws-cdk-lib';
import { EVERY_KIND } from './support/every-kind';

/** From 2.265 on, aws-cdk-lib checks each template against CloudFormation's schema; elsewhere the tests have it switched off for its time. */
function validatedApp(): App {
  return new App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
}

describe('CloudFormation’s schema', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => {
    delete process.env.CDK_VALIDATION;
  });
  afterAll(() => {
    if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION;
  });

  test.each(Object.keys(EVERY_KIND))('has nothing against %s', (kind) => {
    const app = validatedApp();
    EVERY_KIND[kind](new Stack(app, 'Stack'), true);
    expect(() => app.synth()).not.toThrow();
  });
});
