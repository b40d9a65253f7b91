/** What the site's bundler makes of files that are not TypeScript. */
declare module '*?raw' {
  const text: string;
  export default text;
}
declare module '*.vue' {
  const component: import('vue').Component;
  export default component;
}
declare module '*.css';
