import type { awscdk, Task } from 'projen';

/** Which aws-cdk-lib the examples are built with: not every release is served for each language. */
const JAVA_VERSION = '2.263.0';
const GO_VERSION = '2.276.0';

const ORIGIN = 'https://app.example.com';

/**
 * The packages of the other languages, and an example in each that is built with its package, tested
 * in the language's own test runner, and judged by `check`.
 */
export function addLanguages(project: awscdk.AwsCdkConstructLibrary, floor: string): void {
  const rosetta = project.addTask('rosetta', {
    description: 'Compile the examples in the docs, and translate them for the other packages',
    steps: [
      { exec: 'jsii-rosetta extract --strict --fail --cache-from .jsii.tabl.json' },
      { exec: 'node projenrc/check-translations.js' },
    ],
  });
  project.addTask('docs:compile', {
    description: 'Compile the examples that rosetta does not know: those of docs/, and those in TypeScript alone',
    env: { TS_NODE_PROJECT: 'tsconfig.dev.json' },
    exec: 'ts-node --transpile-only projenrc/docs-blocks.ts',
  });
  const packaged = (language: string): Task => {
    const task = project.tasks.tryFind(`package:${language}`)!;
    task.reset();
    task.spawn(rosetta);
    return task;
  };
  const pacmak = 'jsii-pacmak -v --rosetta-unknown-snippets fail --target';
  packaged('java').exec(`${pacmak} java`);
  const dotnet = packaged('dotnet');
  dotnet.exec(`${pacmak} dotnet`);
  dotnet.exec('projenrc/csharp/test-example.sh');
  packaged('go').exec(`${pacmak} go`);
  packaged('python').exec('projenrc/python/package.sh');

  const example = (language: string, description: string): Task =>
    project.addTask(`example:${language}`, { description });
  const check = (language: string, command = 'node bin/cdk-cors.js') => ({
    exec: `${command} check examples/${language}/cdk.out --origin ${ORIGIN}`,
  });
  const inFolder = (language: string) => ({ cwd: `examples/${language}`, env: { CDK_OUTDIR: 'cdk.out' } });

  const python = example('python', 'Package for Python; build, type-check, test and check the example with it');
  python.spawn(project.tasks.tryFind('package:python')!);
  python.addSteps(
    { exec: '[ -d .python/venv ] || python3 -m venv .python/venv' },
    {
      exec: `.python/venv/bin/pip install --quiet --force-reinstall --no-deps dist/python/*.whl`,
    },
    {
      exec: `.python/venv/bin/pip install --quiet dist/python/*.whl aws-cdk-lib==${floor} pytest==9.* mypy==2.* pyright==1.1.414`,
    },
    { exec: '../../.python/venv/bin/python app.py', ...inFolder('python') },
    { exec: '../../.python/venv/bin/pytest -q -p no:cacheprovider', cwd: 'examples/python' },
    {
      exec: '../../.python/venv/bin/mypy --strict --cache-dir ../../.python/mypy app.py stacks.py test_stacks.py',
      cwd: 'examples/python',
    },
    // Where a function is handed to an integration, pyright refuses the types of aws-cdk-lib itself.
    {
      exec: '../../.python/venv/bin/pyright --pythonpath ../../.python/venv/bin/python app.py test_stacks.py',
      cwd: 'examples/python',
    },
    check('python', '.python/venv/bin/cdk-cors'),
  );

  const java = example('java', 'Package for Java; build, test and check the example with it (needs a JDK and Maven)');
  java.spawn(project.tasks.tryFind('package:java')!);
  const jar = 'dist/java/io/github/cdkcors/cdk-cors/0.0.0/cdk-cors-0.0.0';
  java.addSteps(
    { exec: `mvn -q -B install:install-file -Dfile=${jar}.jar -DpomFile=${jar}.pom` },
    {
      exec: `mvn -q -B -Daws-cdk-lib.version=${JAVA_VERSION} -Dcdk-cors.version=0.0.0 test exec:java`,
      ...inFolder('java'),
    },
    check('java'),
  );

  const go = example('go', 'Generate for Go; build, test and check the example with it (needs Go 1.26)');
  go.spawn(rosetta);
  go.addSteps(
    { exec: 'rm -rf dist/go && jsii-pacmak --code-only --force --rosetta-unknown-snippets fail --target go' },
    { exec: `go mod edit -require github.com/aws/aws-cdk-go/awscdk/v2@v${GO_VERSION}`, cwd: 'dist/go/cdkcors' },
    { exec: `bash -c 'test -z "$(gofmt -l .)"'`, cwd: 'examples/go' },
    { exec: 'go test ./...', cwd: 'examples/go' },
    { exec: 'go run .', ...inFolder('go') },
    check('go'),
  );

  example(
    'csharp',
    'Package for .NET; build, test and check the example with it, or without an SDK look up what it names',
  ).addSteps({ spawn: rosetta.name }, { exec: 'projenrc/csharp/example.sh' });
}
