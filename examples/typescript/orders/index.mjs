import { withCors } from 'cdk-cors/lambda';

export const handler = withCors(async () => ({ statusCode: 200, body: JSON.stringify([{ petId: 1, quantity: 1 }]) }));
