import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { addressOf, linkGroupsIn, read } from '../../projenrc/markdown.ts';
import { bundleSimulator } from '../playground/bundle.mts';
import { withTabs } from '../tabs.mts';

const REPOSITORY = 'https://github.com/cdkcors/cdk-cors';

/** A tick, in the colour of what is allowed. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M2 9l4 4 8-10' fill='none' " +
  "stroke='%2312653e' stroke-width='3'/%3E%3C/svg%3E";

/** The pages are those of docs/, as they are read in the repository. */
export default defineConfig({
  srcDir: '../docs',
  outDir: './dist',
  cacheDir: './.cache',
  base: '/cdk-cors/',
  title: 'cdk-cors',
  titleTemplate: ':title · cdk-cors',
  description: 'CORS for Amazon API Gateway in the AWS CDK, proven before you deploy',
  lang: 'en',
  cleanUrls: true,
  rewrites: { 'README.md': 'index.md', 'recipes/README.md': 'recipes/index.md' },
  head: [['link', { rel: 'icon', href: ICON }]],
  vite: {
    plugins: [simulatorScript(), languageTabs()],
    resolve: { alias: { vue: fileURLToPath(new URL('../node_modules/vue', import.meta.url)) } },
  },
  markdown: {
    anchor: { slugify: addressOf }, // links have to lead to the same headings here and on GitHub
    config: (markdown) => void markdown.use(linksIntoTheRepository).use(bracesAsTheyAre),
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/getting-started' },
      { text: 'Recipes', link: '/recipes/' },
      { text: 'Find out why', link: '/troubleshooting' },
      { text: 'Rules', link: '/rules' },
      { text: 'Playground', link: '/playground' },
      { text: 'API', link: 'https://constructs.dev/packages/cdk-cors' },
    ],
    sidebar: {
      '/': pagesIn('docs/README.md', '/'),
      '/recipes/': [
        { text: 'All guides', link: '/' },
        { text: 'All recipes', link: '/recipes/' },
        ...pagesIn('docs/recipes/README.md', '/recipes/'),
      ],
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path`, text: 'Correct this page' },
  },
});

/** The sidebar is what the index of a folder says. */
function pagesIn(index: string, folder: string) {
  const address = (link: string) =>
    /^https:/.test(link) ? link : folder + link.replace(/(README)?\.md$/, '').replace(/^index$/, '');
  return linkGroupsIn(read(index)).map(({ text, items }) => ({
    text,
    items: items.map((item) => ({ text: item.text, link: address(item.link) })),
  }));
}

/** `simulator.js`, which the playground runs. */
function simulatorScript() {
  return {
    name: 'simulator-script',
    async generateBundle(this: any, { format }: { format?: string }) {
      if (format === 'es' && !this.environment?.config?.build?.ssr) await emit(this);
    },
    configureServer(server: any) {
      server.middlewares.use('/cdk-cors/simulator.js', async (_request: unknown, response: any) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(await bundleSimulator());
      });
    },
  };
}

/** Examples in TypeScript get tabs with the same in the other languages. */
function languageTabs() {
  return {
    name: 'language-tabs',
    enforce: 'pre' as const,
    transform: (text: string, file: string) => (file.endsWith('.md') ? withTabs(text) : undefined),
  };
}

async function emit(output: any): Promise<void> {
  output.emitFile({ type: 'asset', fileName: 'simulator.js', source: await bundleSimulator() });
}

/** What stands beside docs/ in the repository is read there; the README of a folder is its index here. */
function linksIntoTheRepository(markdown: any): void {
  const usual = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens: any[], index: number, options: any, env: any, self: any) => {
    const token = tokens[index];
    const href: string = token.attrGet('href') ?? '';
    const page = env.relativePath ?? '';
    const resolved = new URL(href, `file:///docs/${page}`);
    if (resolved.protocol === 'file:' && !resolved.pathname.startsWith('/docs/'))
      token.attrSet('href', `${REPOSITORY}/blob/main${resolved.pathname}${resolved.hash}`);
    else if (resolved.protocol === 'file:') token.attrSet('href', href.replace(/README\.md(?=#|$)/, 'index.md'));
    return usual ? usual(tokens, index, options, env, self) : self.renderToken(tokens, index, options);
  };
}

/** Braces are not the generator's expressions: `{{resolve:ssm:…}}` is CloudFormation's. */
function bracesAsTheyAre(markdown: any): void {
  const { text, code_inline: code } = markdown.renderer.rules;
  const escaped = (html: string) => html.replaceAll('{{', '&#123;&#123;');
  markdown.renderer.rules.text = (...args: any[]) => escaped(text(...args));
  markdown.renderer.rules.code_inline = (...args: any[]) => escaped(code(...args)).replace('<code', '<code v-pre');
}
