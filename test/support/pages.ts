/** The pages whose scripts make requests. */
export const APP = 'https://app.example.com';
export const ADMIN = 'https://admin.example.com';
export const EVIL = 'https://evil.test';
export const LOCAL = 'http://localhost:3000';
