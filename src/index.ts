export * from './cors-options';
export { addCors, EnableCors } from './enable-cors';
export * from './rest-api/cors-enabled-rest-api';
export * from './rest-api/error-origin';
