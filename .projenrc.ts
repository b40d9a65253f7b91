import { awscdk, github, JsonFile, javascript, ReleasableCommits } from 'projen';
import { addLanguages } from './projenrc/languages';

/** The lowest aws-cdk-lib that is supported; `npm run test:newest` runs the tests at the newest. */
const FLOOR = '2.245.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-cors',
  description:
    'CORS for Amazon API Gateway in the AWS CDK: preflight, response and gateway error headers of REST and HTTP APIs from one policy, proven before you deploy.',
  keywords: [
    'aws',
    'aws-cdk',
    'cdk',
    'cors',
    'apigateway',
    'api-gateway',
    'rest-api',
    'http-api',
    'openapi',
    'lambda',
    'preflight',
    'access-control-allow-origin',
  ],
  author: 'cdk-cors contributors',
  authorAddress: 'https://github.com/cdkcors/cdk-cors',
  repositoryUrl: 'https://github.com/cdkcors/cdk-cors.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-cors contributors',
  stability: 'stable',
  defaultReleaseBranch: 'main',
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node.js 22
  majorVersion: 1,

  // Toolchain
  projenVersion: '~0.103.25',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  tsconfigDevFile: 'tsconfig.dev.json',
  sampleCode: false,

  cdkVersion: FLOOR,
  constructsVersion: '10.5.0',

  bundledDeps: ['cli-table3', 'commander@^14', 'picocolors', 'velocityjs'],
  bin: { 'cdk-cors': 'bin/cdk-cors.js' },
  autoDetectBin: false,
  devDeps: [
    '@sparticuz/chromium@147.0.0', // the newest that runs on Node.js 20
    'cdk-nag@~2.37.55', // 2.38 needs a newer constructs than the lowest that is supported
    '@middy/core@^6', // the newest that runs on Node.js 20
    '@apidevtools/swagger-parser@^12', // the newest that runs on Node.js 20
    '@readme/oas-examples',
    '@microsoft/jest-sarif', // has the schema of SARIF 2.1.0
    'ajv@^8', // whether the published schemas and what the command writes agree
    'ajv-draft-04', // for the schema of SARIF
    'fast-xml-parser',
    'fast-check',
    'playwright-core',
    'puppeteer-core@^24', // speaks WebDriver BiDi to Firefox ESR
    'selfsigned',
    'js-yaml@^4', // one file of it is shipped, as of tldts: see projenrc/vendor.js
    'tldts',
    'jsii-rosetta@~6.0',
  ],

  npmTrustedPublishing: true,
  publishToPypi: { distName: 'cdk-cors', module: 'cdk_cors', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkcors',
    mavenGroupId: 'io.github.cdkcors',
    mavenArtifactId: 'cdk-cors',
  },
  publishToNuget: {
    dotNetNamespace: 'CdkCors',
    packageId: 'CdkCors',
    trustedPublishing: true,
  },
  publishToGo: { moduleName: 'github.com/cdkcors/cdk-cors-go', packageName: 'cdkcors' },

  biome: true,
  biomeOptions: {
    version: '2.5.15',
    biomeConfig: {
      files: {
        includes: [
          'src/**',
          'test/**',
          'lambda/**',
          'bin/**',
          'examples/**',
          'bench/**',
          'action/**',
          'site/**/*.ts',
          'site/**/*.mts',
          '.projenrc.ts',
          '!**/*.json',
          '!**/dist/**',
          '!**/.cache/**',
        ],
      },
      plugins: ['./projenrc/dialect.grit'],
      overrides: [
        {
          includes: ['src/**'],
          linter: {
            rules: {
              style: { useConsistentMemberAccessibility: { level: 'error', options: { accessibility: 'explicit' } } },
            },
          },
        },
      ],
      linter: {
        rules: {
          // L1s, templates and resolved tokens have no types of their own; an L1's optional
          // property may be known to be there.
          suspicious: { noExplicitAny: 'off', noTemplateCurlyInString: 'off', useIterableCallbackReturn: 'off' },
          style: { noNonNullAssertion: 'off' },
          complexity: { noStaticOnlyClass: 'off' },
        },
      },
      formatter: { lineWidth: 120, indentStyle: javascript.biome_config.IndentStyle.SPACE },
      javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
    },
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testTimeout: 60_000,
      moduleNameMapper: { '^cdk-cors$': '<rootDir>/src/index.ts' },
    },
  },
  // Node.js reads all of a file: maps would be three fifths of what it reads.
  tsconfig: { compilerOptions: { inlineSourceMap: false, inlineSources: false } },
  tsconfigDev: {
    compilerOptions: {
      paths: { 'cdk-cors': ['./src/index.ts'] },
    },
    include: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', '.projenrc.ts'],
    exclude: ['site'], // has a compiler's configuration of its own: it runs in browsers
  },

  pullRequestTemplateContents: [
    '## What a user can do now',
    '',
    '## How it was tried',
    '',
    'A verdict that changes needs the case as a browser lives it: page origin, method, headers, credentials, and what came back. A fact about AWS needs its source in `docs/how-cors-works-here.md`.',
  ],
  buildWorkflowOptions: { mutableBuild: false },
  depsUpgradeOptions: { workflow: false },
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  npmignoreEnabled: false,
  gitignore: [
    'cdk.out/',
    '.jsii.tabl.json',
    '.newest/',
    '.aws/',
    'site/dist/',
    'site/.vitepress/.cache/',
    'site/.vitepress/.temp/',
    '.python/',
    '.package/',
    'examples/csharp/**/bin/',
    'examples/csharp/**/obj/',
    'examples/java/target/',
    'test/apache-velocity/target/',
    'test/lambda/others/.venv/',
    'test/lambda/others/.languages/',
    'test/lambda/others/.packages/',
    '__pycache__/',
    '*.egg-info/',
    '!/lambda/nodejs/node_modules/',
  ],
});

// Some platform builds of later releases are missing from registries, which makes `npm ci` fail.
project.package.addPackageResolutions('unrs-resolver@1.11.1');

// `cdk-cors` resolves to this very package in examples, as it does for users.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './lambda': { types: './lambda/node/index.d.ts', default: './lambda/node/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// An app pays for the loading of what it uses.
project.compileTask.exec('node projenrc/lazy-modules.js');
project.compileTask.exec('node projenrc/public-types.js');

// The command needs neither, and npx would install 195 MB; those who have them still need these versions.
project.package.addField('peerDependenciesMeta', {
  'aws-cdk-lib': { optional: true },
  constructs: { optional: true },
});

// For `moduleResolution: node`, which reads no exports.
project.package.addField('typesVersions', { '*': { lambda: ['./lambda/node/index.d.ts'] } });

// A build means the npm package; each language's package needs that language's toolchain and has a
// task of its own.
project.packageTask.reset();
project.packageTask.exec('jsii-pacmak -v --target js');

// What runs inside of functions is also a package of its own, for functions that install: it is
// released with the library's, by the same jobs. Not by the build: the jobs unpack the one package that they find.
for (const language of ['js', 'python'])
  project.tasks.tryFind(`package:${language}`)!.exec(`node projenrc/package-helpers.js ${language}`);

project.addTask('vendor', {
  description:
    'Take over what is shipped of tldts and js-yaml, and what is derived from its list, after it was upgraded',
  steps: [{ exec: 'node projenrc/vendor.js' }, { exec: 'node projenrc/above-public-suffixes.js' }],
});
project.tasks.tryFind('post-upgrade')!.spawn(project.tasks.tryFind('vendor')!);
project.gitattributes.addAttributes('/vendor/**', 'linguist-vendored', '-diff');

// What puts CORS into templates: how much of it its own tests run. Measured: 97.8 % of the lines, 96.9 % of the branches.
const COVERED = ['policy', 'rest-api', 'http-api', 'open-api'];
project.addTask('test:coverage', {
  description: 'Fail where the tests of the policy and of the engines run less of them than they do now',
  env: { CDK_VALIDATION: 'false' },
  exec: [
    `jest ${COVERED.map((room) => `test/${room}/`).join(' ')} --coverage --coverageReporters=text-summary`,
    `--collectCoverageFrom 'src/{${[...COVERED, 'api-gateway', 'http'].join(',')}}/**/*.ts'`,
    `--coverageThreshold '${JSON.stringify({ global: { lines: 97, branches: 96 } })}'`,
  ].join(' '),
});

// The tests judge and never rewrite: types, jest, then style. `npm run format` is what writes.
project.testTask.reset();
project.tasks.removeTask('biome');
project.addTask('format', { description: 'Rewrite files in the project style', exec: 'biome check --write' });
project.testTask.exec('tsc --noEmit -p tsconfig.dev.json');
project.testTask.exec('jest', { receiveArgs: true });
project.testTask.exec('biome check');
project.addTask('test:apache-velocity', {
  description: 'Run every emitted mapping template through Apache Velocity itself (needs a JDK and Maven)',
  exec: 'test/apache-velocity/run.sh',
});
// Node.js 20 is still among those that users have; jsii says at length that its time is over.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.addTask('test:others', {
  description:
    'Try what runs in functions as packages, with middy, Powertools, Hono, Express, mypy, Go and Java (needs Go and a JDK)',
  exec: 'test/lambda/others/run.sh',
});
project.addTask('fuzz', {
  description:
    'Ask every implementation about random policies, origins and events, and the simulator and the constructs about mutated templates (--pairs, --events, --templates, --documents, --constructs, --seed)',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only test/fuzz/run.ts',
  receiveArgs: true,
});

const CFN_LINT = '1.58.0';
const CDK_NAG = '3.0.2';

const newest = new JsonFile(project, 'tsconfig.newest.json', {
  obj: {
    extends: './tsconfig.dev.json',
    compilerOptions: {
      paths: {
        'cdk-cors': ['./src/index.ts'],
        'aws-cdk-lib': ['./.newest/node_modules/aws-cdk-lib/index.d.ts'],
        'aws-cdk-lib/*': ['./.newest/node_modules/aws-cdk-lib/*'],
        constructs: ['./.newest/node_modules/constructs'],
      },
    },
  },
});
project.addTask('test:newest', {
  description: 'Run the tests at the newest releases of aws-cdk-lib and constructs',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { exec: 'npm install --prefix .newest --no-save --no-audit --no-fund aws-cdk-lib@latest constructs@latest' },
    { exec: `tsc --noEmit -p ${newest.path}` },
    {
      exec: `jest --moduleNameMapper '${JSON.stringify({
        '^cdk-cors$': '<rootDir>/src/index.ts',
        '^(aws-cdk-lib|constructs)(/.*)?$': '<rootDir>/.newest/node_modules/$1$2',
      })}' --testPathIgnorePatterns /node_modules/ test/browser/ test/fuzz/`, // what these ask does not depend on it
      receiveArgs: true,
    },
  ],
});
project.addTask('test:aws', {
  description: 'Ask cfn-lint, and cdk-nag at the newest aws-cdk-lib, what CORS changes for them (needs Python)',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { exec: 'python3 -m venv .aws' },
    { exec: `.aws/bin/pip install --quiet cfn-lint==${CFN_LINT}` },
    {
      exec: `npm install --prefix .newest --no-save --no-audit --no-fund aws-cdk-lib@latest constructs@latest cdk-nag@${CDK_NAG}`,
    },
    {
      exec: `jest --testMatch '<rootDir>/test/aws/judges.ts' --moduleNameMapper '${JSON.stringify({
        '^cdk-cors$': '<rootDir>/src/index.ts',
        '^(aws-cdk-lib|constructs|cdk-nag)(/.*)?$': '<rootDir>/.newest/node_modules/$1$2',
      })}'`,
    },
  ],
});
const example = project.addTask('example', {
  description: 'Synthesize the example app and say what a browser would do with each of its routes',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
});
const synthesize = (app: string) => ({
  exec: `ts-node --transpile-only examples/typescript/${app}.ts`,
  env: { CDK_OUTDIR: `examples/typescript/cdk.out/${app}` },
});
const check = (app: string, origin: string) =>
  `node bin/cdk-cors.js check examples/typescript/cdk.out/${app} --origin ${origin}`;
example.spawn(project.compileTask);
example.addSteps(
  { say: 'A page of the web app can use every route' },
  synthesize('app'),
  { exec: check('app', 'https://app.example.com') },
  { say: 'A page from elsewhere can use none' },
  { exec: `${check('app', 'https://elsewhere.example')} || true` },
  {
    say: 'With cookies, too, a page of the web app can use the accounts API, whose $default route has a JWT authorizer',
  },
  { exec: `${check('app', 'https://app.example.com')} --api Accounts/Api --credentials` },
  { say: 'The same without PreflightHandler.builtIn(), and without any OPTIONS route' },
  synthesize('without-built-in'),
  { exec: `${check('without-built-in', 'https://app.example.com')} --credentials || true` },
);
addLanguages(project, FLOOR);
project.addTask('example:pipeline', {
  description: 'Try the repository of a team with its workflow, from the packaged library (needs package:js)',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only test/action/pipeline.ts',
  receiveArgs: true,
});
project.addTask('test:package', {
  description: 'Try the packed tarball: its size, its types with every way to resolve modules, and package managers',
  steps: [{ spawn: 'package:js' }, { exec: 'node test/package/run.js' }],
});
project.tasks.tryFind('docgen')!.exec('node projenrc/reference/append.js');
const compat = project.tasks.tryFind('compat')!;
compat.reset();
compat.exec('node projenrc/compat.js');

new JsonFile(project, 'awslint.json', {
  marker: false,
  obj: {
    exclude: [
      'prefer-ref-interface:*', // of aws-cdk-lib's own types, and of members that ours inherit from them
      'resource-interface:*', // subclasses are what IRestApi and IHttpApi stand for already
      'ref-via-interface:cdk-cors.CorsRuntime.attach*', // an interface of a function takes neither layer nor environment
      // Where aws-cdk-lib keeps its own mixins, and the class that those extend: ours implements IMixin itself.
      ...['mixin-extends-base', 'mixin-file-location', 'mixin-namespace'].map((rule) => `${rule}:cdk-cors.EnableCors`),
    ],
  },
});
project.addTask('awslint', {
  description: 'Compare the API with the guidelines of the AWS CDK; .projenrc.ts says what is excused, and why',
  env: { AWSLINT_BASE_CONSTRUCT: 'true' },
  exec: 'npx -y awslint@2.262.2-alpha.0',
});

project.addTask('example:features', {
  description: 'Synthesize the example of each feature, and say what a browser would do with it',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  steps: [
    { exec: 'projenrc/check-features.sh' },
    { exec: "jest --testMatch '<rootDir>/examples/features/**/*.test.ts'" },
  ],
});
const bench = project.addTask('bench', {
  description: 'Compare with aws-cdk-lib in one run, and write bench/results.md',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json', CDK_VALIDATION: 'false' },
});
bench.spawn(project.compileTask);
for (const script of ['run', 'verdicts', 'cli', 'teams', 'lambda-overhead'])
  bench.exec(`ts-node --transpile-only bench/${script}.ts`);
project.addTask('docs:pictures', {
  description: 'Take the pictures of the README again (needs Chromium)',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only projenrc/pictures.ts',
});
project.addTask('docs:translations', {
  description: 'Translate the examples of the docs for the tabs of the site, after a compilation',
  exec: 'node projenrc/translations.js',
});
project.addTask('docs:troubleshooting', {
  description: 'Write docs/troubleshooting.md from the table of causes',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only projenrc/troubleshooting.ts',
});
project.addTask('docs:rules', {
  description: 'Write the index of docs/rules.md from its headings',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only projenrc/rules-index.ts',
});
project.addTask('docs:schemas', {
  description: 'Write the JSON schemas in docs/ from what the code itself goes by',
  env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
  exec: 'ts-node --transpile-only projenrc/schemas.ts',
});
project.addTask('test:firefox', {
  description: 'Have Firefox ESR judge what Chromium judged (needs firefox-esr)',
  env: { CDK_CORS_ENGINE: 'firefox', CDK_VALIDATION: 'false' },
  steps: [
    {
      say: 'The tables of cases only; what is about Chromium itself, such as its preflight cache, counts as skipped below',
    },
    { exec: "jest test/browser -t 'agree on'" },
    { say: 'Every text that this Firefox has for a blocked request is recognized' },
    { exec: 'jest test/verify/console-of-firefox.test.ts' },
  ],
});
project.addTask('site', {
  description: 'Build the documentation as a site, with the playground, into site/dist',
  steps: [
    { exec: 'npm ci --no-audit --no-fund', cwd: 'site' },
    { exec: 'tsc --noEmit -p site' },
    { exec: 'npx vitepress build', cwd: 'site' },
  ],
});
const pages = project.github!.addWorkflow('site');
pages.on({ push: { branches: ['main'] }, workflowDispatch: {} });
pages.addJob('site', {
  runsOn: ['ubuntu-latest'],
  permissions: {
    contents: github.workflows.JobPermission.READ,
    pages: github.workflows.JobPermission.WRITE,
    idToken: github.workflows.JobPermission.WRITE,
  },
  environment: { name: 'github-pages' },
  steps: [
    github.WorkflowSteps.checkout(),
    { uses: 'actions/setup-node@v7.0.0', with: { 'node-version': 'lts/*' } },
    { run: 'npm ci' },
    { run: 'npx projen site' },
    { uses: 'actions/upload-pages-artifact@v4', with: { path: 'site/dist' } },
    { uses: 'actions/deploy-pages@v4' },
  ],
});
project.addTask('test:site', {
  description: 'Have real browsers try the playground of the built site (needs firefox-esr)',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { exec: "jest --testMatch '<rootDir>/site/test/*.test.ts'" },
    { exec: "jest --testMatch '<rootDir>/site/test/*.test.ts'", env: { CDK_CORS_ENGINE: 'firefox' } },
  ],
});
project.testTask.env('CDK_VALIDATION', 'false'); // one test switches it on: see test/README.md

// What users get is named, so that nothing else can slip in.
project.package.addField('files', [
  '.jsii',
  'lib',
  'bin',
  'lambda',
  'vendor',
  'docs/**/*.md',
  'docs/*.schema.json',
  'NOTICE',
  '!**/__pycache__',
  '!**/*.tsbuildinfo',
]);

project.synth();
