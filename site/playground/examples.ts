/** Templates to click on, each with a mistake that many have made. */
import awsCdkLib from './examples/aws-cdk-lib.yaml?raw';
import defaultRoute from './examples/default-route.yaml?raw';
import quotedStatus from './examples/quoted-status.json?raw';
import starWithCredentials from './examples/star-with-credentials.yaml?raw';
import type { Page } from './judge';

const APP: Page = { origins: ['https://app.example.com'], credentials: false, headers: [] };

export const EXAMPLES: { readonly name: string; readonly template: string; readonly page: Page }[] = [
  { name: "aws-cdk-lib's own preflights", template: awsCdkLib, page: APP },
  { name: "SAM: '*' with credentials", template: starWithCredentials, page: { ...APP, credentials: true } },
  { name: '$default behind a JWT authorizer', template: defaultRoute, page: APP },
  { name: 'a mock with a quoted status', template: quotedStatus, page: APP },
];
