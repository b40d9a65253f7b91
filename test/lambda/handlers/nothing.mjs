import { withCors } from 'cdk-cors/lambda';

export const handler = withCors(undefined);
