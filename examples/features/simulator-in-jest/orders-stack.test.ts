import { App } from 'aws-cdk-lib';
import { CorsOutcome, CorsSimulator } from 'cdk-cors';
import { OrdersStack } from './orders-stack';

const simulator = CorsSimulator.fromStack(new OrdersStack(new App(), 'Orders'));
const save = { path: '/orders', method: 'PUT', headers: { 'content-type': 'application/json' } };

test.each(['https://app.example.com', 'https://pr-7.preview.example.com'])('pages of %s can save orders', (origin) => {
  simulator.assertAllowed({ ...save, origin });
});

test.each(['https://elsewhere.example', 'https://preview.example.com.evil.test'])('pages of %s cannot', (origin) => {
  simulator.assertBlocked({ ...save, origin });
});

test('a script that sets a header of its own is told what to change', () => {
  const headers = { ...save.headers, 'x-tenant': 'blue' };
  const verdict = simulator.request({ ...save, headers, origin: 'https://app.example.com' });
  expect(verdict.outcome).toBe(CorsOutcome.BLOCKED);
  expect(verdict.fix).toContain('x-tenant');
});

test('a page can read why it is throttled', () => {
  const verdict = simulator.request({ ...save, origin: 'https://app.example.com', gatewayError: 'THROTTLED' });
  expect(verdict.response?.headers['access-control-allow-origin']).toBeDefined();
});
