export * from './cors-options';
export { addCors, EnableCors } from './enable-cors';
export * from './policy/error-origin';
export * from './rest-api/cors-enabled-rest-api';
export * from './verify/simulator';
export * from './verify/verdict';
