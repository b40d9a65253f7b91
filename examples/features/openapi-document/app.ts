import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CorsApiDefinition, CorsEnabledSpecRestApi } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'Catalogue');

new CorsEnabledSpecRestApi(stack, 'Api', {
  apiDefinition: CorsApiDefinition.fromFile(join(__dirname, 'catalogue.yaml')),
  cors: { allowOrigins: ['https://app.example.com'] },
});
