import { Aspects, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addCors } from '../../src';
import { ASPECT_MODES, appWith, mock } from '../rest-api/apps';

const [, STABILIZED] = ASPECT_MODES;

/** Whether the app is looked at once more from its end. */
function isLookedAtAgain(prepare: (api: apigateway.RestApi) => void = () => undefined): boolean {
  const app = appWith(STABILIZED.context);
  const api = new apigateway.RestApi(new Stack(app, 'Stack'), 'Api', { cloudWatchRole: true });
  api.root.addMethod('GET', mock());
  addCors(api, { allowOrigins: ['*'] });
  prepare(api);
  app.synth();
  return app.node.tryFindChild('@cdk-cors') !== undefined;
}

test('an app without Aspects of its own is looked at once, though each Role has one', () => {
  expect(isLookedAtAgain()).toBe(false);
});

test('an app with an Aspect is looked at again, after all that this did', () => {
  expect(isLookedAtAgain((api) => Aspects.of(api).add({ visit: () => undefined }))).toBe(true);
});

test('an Aspect on a Role is one of the app', () => {
  const onRole = (api: apigateway.RestApi) =>
    Aspects.of(api.node.findChild('CloudWatchRole')).add({ visit: () => undefined });
  expect(isLookedAtAgain(onRole)).toBe(true);
});
