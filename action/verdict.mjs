// Fails where the check failed, or where the comparison found what should fail.
const { EXIT_CODE, DIFF_EXIT_CODE, FAIL_ON } = process.env;

const FAILING = { none: [], less: ['1', '4'], more: ['3', '4'], any: ['1', '3', '4'] };
const failing = FAILING[FAIL_ON];
if (!failing) {
  console.log(`::error title=cdk-cors::fail-on takes ${Object.keys(FAILING).join(', ')}.`);
  process.exit(2);
}
if (EXIT_CODE !== '0') process.exit(Number(EXIT_CODE) || 2);
if (DIFF_EXIT_CODE === '2') process.exit(2);
if (failing.includes(DIFF_EXIT_CODE)) process.exit(1);
