export * from './cors-options';
